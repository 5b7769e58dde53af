// The signs beside every word about a door: a colour alone is never all that tells.
import type { State } from "../../work/sweep/states";

export type Sign = State | "call" | "landmark" | "add" | "move";

const PATHS: Record<Sign, string> = {
  todo: "M12 4a8 8 0 1 0 0 16a8 8 0 1 0 0-16",
  met: "M4 13l5 5L20 6",
  absent: "M6 21V3h12v18M3 21h18M14 12h.5",
  refused: "M5 5l14 14M19 5L5 19",
  moved: "M3 12h16M13 6l6 6l-6 6",
  vacant: "M4 11l8-7l8 7v9H4zM9 20l6-6M9 14l6 6",
  not_due: "M5 12h14",
  call: "M6 3h4l2 5l-3 2a12 12 0 0 0 5 5l2-3l5 2v4a2 2 0 0 1-2 2A16 16 0 0 1 4 5a2 2 0 0 1 2-2",
  landmark: "M12 21s-7-6.5-7-12a7 7 0 0 1 14 0c0 5.5-7 12-7 12zM12 7a2 2 0 1 0 0 4a2 2 0 1 0 0-4",
  add: "M12 5v14M5 12h14",
  move: "M8 4v16M4 8l4-4l4 4M16 20V4M12 16l4 4l4-4",
};

export function Icon(props: { sign: Sign }) {
  return (
    <svg class="sign" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[props.sign]} />
    </svg>
  );
}
