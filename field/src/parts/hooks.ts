// What the screens watch: who is on duty, how sending goes, where one is.
import { useEffect, useState } from "preact/hooks";
import { type Sending, watch } from "../sync/sending";
import { type Duty, currentDuty, watchDuty } from "../work/duty";

export function useDuty(): Duty {
  const [duty, set] = useState(currentDuty());
  useEffect(() => {
    set(currentDuty()); // it may have changed between the first drawing and now
    return watchDuty(set);
  }, []);
  return duty;
}

export function useSending(): Sending | undefined {
  const [sending, set] = useState<Sending | undefined>(undefined);
  useEffect(() => watch(set), []);
  return sending;
}
