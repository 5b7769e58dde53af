// How many came past a gate: for the gate itself and for the day's work.
import { useMemo } from "preact/hooks";
import { dayAt, now } from "../../kit/clock";
import { useDuty } from "../../parts/hooks";
import { countsOf, shiftStart } from "../../work/gate";

/** What came past in this shift, on this phone. */
export function useCounts(place: string) {
  const { assignment, own, card } = useDuty();
  const { offset } = assignment.pack;
  const since = shiftStart(own, card?.m ?? "", Date.parse(`${dayAt(offset)}T00:00:00${offset}`), now());
  return useMemo(() => countsOf(own, place, since), [own, place, since]);
}
