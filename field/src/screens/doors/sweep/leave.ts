// Leaving a screen that lies on a door's own, for the next door.
import { back, instead } from "../../../parts/route";

/** Closes this screen and puts another in the place of the one under it, so that "back" leads to the list and not through every door. */
export function closeInto(screen: string, args: Record<string, string>): void {
  addEventListener("popstate", () => instead(screen, args), { once: true });
  back();
}
