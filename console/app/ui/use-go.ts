import { useCallback } from 'react';
import { useNavigate } from 'react-router';

/** Goes to a page of the console, or so many pages back in the history. */
export function useGo(): (to: string | -1) => void {
  const navigate = useNavigate();
  return useCallback((to) => void (to === -1 ? navigate(to) : navigate(to)), [navigate]);
}
