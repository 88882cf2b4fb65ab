import { useLocation, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';

/** 地址栏状态: the texts after `?`, and a way to change some of them (undefined or blank removes one). */
export function useUrlState(): readonly [Readonly<Record<string, string>>, (patch: Readonly<Record<string, string | undefined>>) => void] {
  const { searchStr, pathname } = useLocation();
  const navigate = useNavigate();
  const state = useMemo(() => Object.fromEntries(new URLSearchParams(searchStr)), [searchStr]);
  const change = (patch: Readonly<Record<string, string | undefined>>) => {
    const next = Object.entries({ ...state, ...patch }).filter(([, value]) => value !== undefined && value !== '');
    void navigate({ to: pathname, search: Object.fromEntries(next), replace: true });
  };
  return [state, change];
}
