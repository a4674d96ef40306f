import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

export interface Size {
  width: number;
  height: number;
}

/** The size of an element, whole pixels, undefined before it is known. */
export function useSize(): [RefObject<HTMLDivElement | null>, Size | undefined] {
  const ref = useRef<HTMLDivElement>(null);
  const [size, setSize] = useState<Size>();
  useLayoutEffect(() => {
    const measure = ({ width, height }: Size) => setSize({ width: Math.floor(width), height: Math.floor(height) });
    measure(ref.current!.getBoundingClientRect());
    const observer = new ResizeObserver(([entry]) => measure(entry!.contentRect));
    observer.observe(ref.current!);
    return () => observer.disconnect();
  }, []);
  return [ref, size];
}
