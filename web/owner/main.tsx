import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { applyTypeSize } from './type-size.ts';
import './styles.css';

applyTypeSize();
const place = document.getElementById('root');
if (place !== null) createRoot(place).render(<StrictMode><App /></StrictMode>);
