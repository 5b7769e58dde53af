// The four large buttons at a door, and the fifth that is seldom needed.
import { useEffect, useState } from "preact/hooks";
import { say, t } from "../../../kit/text";
import { Icon } from "../Icon";
import { STATES, type State } from "../../../work/sweep/states";

const CALM_MS = 600; // a second tap of a trembling thumb, meant for the door before, counts for nothing
const FOUR: State[] = ["met", "absent", "refused", "moved"];

/** True for the first moments of a screen that opened by itself (`calm`): a tap then was not meant for it. */
export function useCalm(calm: boolean): boolean {
  const [waits, setWaits] = useState(calm);
  useEffect(() => {
    if (!waits) return undefined;
    const timer = setTimeout(() => setWaits(false), CALM_MS);
    return () => clearTimeout(timer);
  }, [waits]);
  return waits;
}

export function Outcomes(props: { onChoose: (outcome: State) => void; busy: boolean; calm: boolean }) {
  const waits = useCalm(props.calm);
  const disabled = props.busy || waits;
  return (
    <div role="group" aria-label={say(t("What came of the visit", "走访结果"))}>
      <div class="four outcomes">
        {FOUR.map((outcome) => (
          <Outcome key={outcome} outcome={outcome} disabled={disabled} onChoose={props.onChoose} />
        ))}
      </div>
      <Outcome outcome="vacant" disabled={disabled} onChoose={props.onChoose} />
    </div>
  );
}

function Outcome(props: { outcome: State; disabled: boolean; onChoose: (outcome: State) => void }) {
  const { outcome } = props;
  return (
    <button
      type="button"
      class={`button outcome ${outcome}`}
      data-outcome={outcome}
      disabled={props.disabled}
      onClick={() => props.onChoose(outcome)}
    >
      <Icon sign={outcome} />
      <span>{say(STATES[outcome].word)}</span>
    </button>
  );
}
