// The face of a gate: the counters, what else may be recorded, and what the gate asks for.
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Picks } from "../../parts/Picks";
import { Button } from "../../parts/parts";
import { go } from "../../parts/route";
import type { GateRules } from "../../work/gate";
import { asksPeople } from "../../work/gaterules";
import { Counters } from "./Counters";

interface Face {
  place: string;
  rules: GateRules;
  counts: Map<string, number>;
  persons: number;
  onPass: (vehicle: string, name: Text) => void;
  onPerson: () => void; // to the check of a person
  onVehicle: () => void; // to the long form
  admit: () => void; // a person of whom nothing is asked
  setWithin: (hours: number) => void;
}

export function Vehicles(props: Face) {
  const { rules } = props;
  return (
    <>
      <Counters counts={props.counts} onPass={props.onPass}>
        <button
          type="button"
          class="button"
          data-person
          aria-label={say(t("Person; {count} so far", "人员；已计 {count}", { count: props.persons }))}
          onClick={asksPeople(rules) ? props.onPerson : props.admit}
        >
          <svg viewBox="0 0 44 30" fill="currentColor" aria-hidden="true">
            <path d="M22 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM9 29c0-9 5-13 13-13s13 4 13 13z" />
          </svg>
          <span>{say(t("Person", "人员"))}</span>
          <b>{props.persons}</b>
        </button>
      </Counters>
      <p class="small quiet under">
        {say(
          t(
            "One tap lets one vehicle pass and counts it. The numbers are of this shift, on this phone.",
            "按一下即放行并计一辆。数字为本机本班次。",
          ),
        )}
      </p>
      <More {...props} />
      {rules.windows_h.length > 0 && (
        <>
          <h2>{say(t("Asked for at this gate", "本卡点查验要求"))}</h2>
          <Picks
            legend={t("A test within ({pack})", "核酸有效期（{pack}）", { pack: rules.pack })}
            chosen={rules.within_h}
            choose={props.setWithin}
            options={rules.windows_h.map((hours) => [hours, t("{hours} h", "{hours} 小时", { hours })] as const)}
          />
        </>
      )}
    </>
  );
}

function More(props: Face) {
  const { assignment } = useDuty();
  const tallied = assignment.shapes.get("checkpoints.tallied");
  return (
    <div class="stack">
      <Button kind="wide" onPress={props.onVehicle}>
        {say(t("Plate, people on board, turned away …", "车牌、人数、劝返等"))}
      </Button>
      {!asksPeople(props.rules) && (
        <Button kind="wide" onPress={props.onPerson}>
          {say(t("Person with a name, or not let through", "人员姓名或未放行登记"))}
        </Button>
      )}
      {tallied && (
        <Button kind="wide" onPress={() => go("form", { kind: tallied.kind, place: props.place })}>
          {say(tallied.label)}
        </Button>
      )}
    </div>
  );
}
