// The sweep that a screen shows, as long as it shows it.
import { useDuty } from "../../../parts/hooks";
import { type Sweep, sweepOf } from "../../../work/sweep/sweep";
import { useWalk } from "./walk";

/** The sweep of a campaign; undefined where the phone has no such campaign. `ready` is false for the moment in which the order of walking is read. */
export function useSweep(code: string | undefined): { sweep: Sweep | undefined; ready: boolean } {
  const { assignment, own } = useDuty();
  const walk = useWalk();
  return { sweep: walk && sweepOf(assignment, own, code ?? "", walk.order), ready: walk !== undefined };
}
