import { z } from 'zod';

// The page's security policy allows no code made from text; zod would try, and the browser would report it.
z.config({ jitless: true });
