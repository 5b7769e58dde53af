// Where one is in the app. Codes of people stay in memory: the address names the screen alone.
import { useEffect, useState } from "preact/hooks";

export interface Place {
  screen: string;
  args: Record<string, string>;
}

const places: Place[] = [{ screen: "home", args: {} }];
const watchers = new Set<() => void>();
let at = 0;

function told(): void {
  for (const watcher of watchers) watcher();
}

export function here(): Place {
  return places[at] ?? places[0]!;
}

/** Opens a screen on top of this one. */
export function go(screen: string, args: Record<string, string> = {}): void {
  places.length = at + 1;
  places.push({ screen, args });
  at += 1;
  history.pushState({ at }, "", `#/${screen}`);
  told();
}

/** Opens a screen in the place of this one: a next door, say. */
export function instead(screen: string, args: Record<string, string> = {}): void {
  places[at] = { screen, args };
  history.replaceState({ at }, "", `#/${screen}`);
  told();
}

export function back(): void {
  if (at > 0) history.back();
  else home();
}

export function home(): void {
  places.length = 1;
  at = 0;
  history.replaceState({ at: 0 }, "", "#/home");
  told();
}

export function usePlace(): Place {
  const [place, set] = useState(here());
  useEffect(() => {
    const watcher = () => set(here());
    const popped = (event: PopStateEvent) => {
      at = Math.min((event.state as { at?: number } | null)?.at ?? 0, places.length - 1);
      told();
    };
    watcher(); // one may have gone on between the first drawing and now
    watchers.add(watcher);
    addEventListener("popstate", popped);
    return () => {
      watchers.delete(watcher);
      removeEventListener("popstate", popped);
    };
  }, []);
  return place;
}
