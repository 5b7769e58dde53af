// Vehicles and vessels: one tap lets one pass and counts it.
import type { ComponentChildren } from "preact";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import type { Assignment } from "../../work/assignment";

const WHEELS = (...at: number[]) => at.map((x) => <circle key={x} cx={x} cy="24" r="4" />);

const PICTURES: Record<string, ComponentChildren> = {
  car: <><path d="M4 22v-6l6-2 5-6h13l6 6 6 2v6z" />{WHEELS(13, 33)}</>,
  bus: <><path d="M3 22V6h38v16zM7 9v5h6V9zm9 0v5h6V9zm9 0v5h6V9zm9 0v5h4V9z" fill-rule="evenodd" />{WHEELS(12, 33)}</>,
  truck: <><path d="M3 22V5h23v17zm25 0V10h7l6 6v6z" />{WHEELS(11, 34)}</>,
  vessel: <path d="M5 18h34l-5 9H10zm6-2v-6h8V3h3v7h10v6z" />,
  other: (
    <>
      <circle cx="11" cy="21" r="6.5" fill="none" stroke="currentColor" stroke-width="3" />
      <circle cx="33" cy="21" r="6.5" fill="none" stroke="currentColor" stroke-width="3" />
      <path d="m11 21 7-12h9l6 12M17 5h6" fill="none" stroke="currentColor" stroke-width="3" />
    </>
  ),
};
const NAMES: Record<string, Text> = {
  car: t("Car", "轿车"),
  bus: t("Bus", "客车"),
  truck: t("Truck", "货车"),
  vessel: t("Vessel", "船只"),
  other: t("Other", "其他"),
};

/** The vehicles that the kind knows, with its own words for them. */
export function vehicles(assignment: Assignment): [string, Text][] {
  const field = assignment.shapes.get("checkpoints.vehicle_checked")?.fields.find((each) => each.name === "vehicle");
  return (field?.choices ?? []).map(([code, label]) => [String(code), NAMES[code] ?? label]);
}

export function Counters(props: {
  counts: Map<string, number>;
  onPass: (vehicle: string, name: Text) => void;
  slim?: boolean;
  children?: ComponentChildren;
}) {
  const { assignment } = useDuty();
  return (
    <div class={`counters ${props.slim ? "slim" : ""}`}>
      {vehicles(assignment).map(([vehicle, name]) => {
        const count = props.counts.get(vehicle) ?? 0;
        return (
          <button
            type="button"
            class="button"
            key={vehicle}
            data-vehicle={vehicle}
            aria-label={say(t("{name}, let pass; {count} so far", "{name}，放行；已计 {count}", { name: say(name), count }))}
            onClick={() => props.onPass(vehicle, name)}
          >
            <svg viewBox="0 0 44 30" fill="currentColor" aria-hidden="true">
              {PICTURES[vehicle] ?? PICTURES.other}
            </svg>
            {!props.slim && <span>{say(name)}</span>}
            <b>{count}</b>
          </button>
        );
      })}
      {props.children}
    </div>
  );
}
