import { type RefObject, useEffect, useRef, useState } from 'react';

const MARGIN_PX = 200;

/** Whether an element is, or has been, on screen or nearly so: what is far below need not be drawn yet. */
export function useIsNear<E extends HTMLElement>(): [RefObject<E | null>, boolean] {
  const element = useRef<E>(null);
  const [isNear, setIsNear] = useState(typeof IntersectionObserver === 'undefined');
  useEffect(() => {
    if (isNear || element.current === null) {
      return undefined;
    }
    const observer = new IntersectionObserver(
      (entries) => setIsNear(entries.some(({ isIntersecting }) => isIntersecting)),
      { rootMargin: `${MARGIN_PX}px` }
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [isNear]);
  return [element, isNear];
}
