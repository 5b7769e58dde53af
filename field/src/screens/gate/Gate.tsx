// A gate: vehicles with one tap, people with a check as the pack asks for it, and care that always passes.
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Button, Notice, Page } from "../../parts/parts";
import { act } from "../../parts/press";
import { signal } from "../../parts/signal";
import { saved } from "../../parts/toast";
import { wedge } from "../../scan/Scanner";
import { remember, remembered } from "../../store/settings";
import type { Place } from "../../work/assignment";
import * as duty from "../../work/duty";
import type { GateRules } from "../../work/gate";
import { gateRules } from "../../work/gaterules";
import { holdOpen } from "../../work/idle";
import { Counters } from "./Counters";
import { useCounts } from "./counts";
import { PersonCheck } from "./PersonCheck";
import { VehicleForm } from "./VehicleForm";
import { Vehicles } from "./Vehicles";
import "../../style/posts.css";

type View = { on: "vehicles" } | { on: "vehicle" } | { on: "person"; code: string };

export function Gate(props: { args: Record<string, string> }) {
  const { assignment } = useDuty();
  const place = assignment.place(props.args.place ?? "");
  if (place && assignment.shapes.has("checkpoints.vehicle_checked")) return <Open place={place} />;
  return (
    <Page title={t("Gate", "卡点")}>
      <Notice tone="watch">{say(t("This gate is not part of your work today.", "您今天没有此卡点的任务。"))}</Notice>
    </Page>
  );
}

/** What the pack asks for here; within how many hours of a test is set at the gate and remembered. */
function useRules(place: string): [rules: GateRules, setWithin: (hours: number) => void] {
  const { assignment } = useDuty();
  const [within, set] = useState<number | undefined>(undefined);
  const keptAs = `gate:${place}`;
  useEffect(() => void remembered<number>(keptAs).then((kept) => set((chosen) => chosen ?? kept), () => undefined), []);
  const setWithin = (hours: number) => {
    set(hours);
    void remember(keptAs, hours).catch(() => undefined); // a help and no record
  };
  return [useMemo(() => gateRules(assignment, within), [assignment, within]), setWithin];
}

function Open(props: { place: Place }) {
  const { place } = props;
  const [view, setView] = useState<View>({ on: "vehicles" });
  const [rules, setWithin] = useRules(place.code);
  const counts = useCounts(place.code);
  useEffect(holdOpen, []);
  const listens = view.on === "vehicles";
  useLayoutEffect(() => (listens ? wedge((text) => setView({ on: "person", code: text })) : undefined), [listens]);
  const at = { area: place.area, place: place.code };
  const pass = async (vehicle: string, name: Text) => {
    const kept = await duty.say({ kind: "checkpoints.vehicle_checked", ...at, data: { vehicle, decision: "admitted" } });
    signal("good");
    saved(t("{name} admitted", "{name} 已放行", { name: say(name) }), [kept]);
  };
  const person = async (data: Record<string, unknown>, told: Text, about: { person?: string } = {}) => {
    const kept = await duty.say({ kind: "checkpoints.person_checked", ...at, ...about, data });
    signal(data.decision === "admitted" ? "good" : "watch");
    saved(told, [kept]);
  };
  const emergency = () => person({ emergency: true, decision: "admitted" }, t("Emergency: admitted, recorded as such", "急难就医：已放行并登记"));
  const admit = () => act(person({ decision: "admitted" }, t("Person admitted", "人员已放行")));
  const home = () => setView({ on: "vehicles" });
  const counters = { counts: counts.vehicles, onPass: (vehicle: string, name: Text) => act(pass(vehicle, name)) };
  return (
    <Page title={place.name} aside={<span class="nowrap small">{say(t("{n} not let through", "未放行 {n}", { n: counts.refused }))}</span>}>
      <Button kind={`emergency ${view.on}`} onPress={() => act(emergency())}>
        ✚ {say(t("Emergency: let pass", "急难就医：立即放行"))}
      </Button>
      {view.on === "vehicles" ? (
        <Vehicles
          {...counters}
          place={place.code}
          persons={counts.persons}
          rules={rules}
          setWithin={setWithin}
          onPerson={() => setView({ on: "person", code: "" })}
          onVehicle={() => setView({ on: "vehicle" })}
          admit={admit}
        />
      ) : (
        <div class="check">
          <Counters slim {...counters}>
            <button type="button" class="button" data-back onClick={home} aria-label={say(t("To the counters", "返回计数"))}>
              <b>‹</b>
            </button>
          </Counters>
          {view.on === "person" ? <PersonCheck rules={rules} first={view.code} onDone={person} /> : <VehicleForm at={at} onDone={home} />}
        </div>
      )}
    </Page>
  );
}
