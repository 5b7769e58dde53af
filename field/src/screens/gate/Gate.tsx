// A gate: vehicles with one tap, people with a check as the pack asks for it, and care that always passes.
import { useEffect, useLayoutEffect, useMemo, useState } from "preact/hooks";
import { dayAt, now } from "../../kit/clock";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Button, Notice, Page } from "../../parts/parts";
import { act } from "../../parts/press";
import { go } from "../../parts/route";
import { signal } from "../../parts/signal";
import { saved } from "../../parts/toast";
import { wedge } from "../../scan/Scanner";
import { remember, remembered } from "../../store/settings";
import * as duty from "../../work/duty";
import { countsOf, shiftStart } from "../../work/gate";
import { holdOpen } from "../../work/idle";
import { Picks } from "../sampling/Setup";
import { Counters } from "./Counters";
import { PersonCheck } from "./PersonCheck";
import { VehicleForm } from "./VehicleForm";
import { asksPeople, gateRules } from "./rules";
import "../../style/posts.css";

type View = { on: "vehicles" } | { on: "vehicle" } | { on: "person"; code: string };

export function Gate(props: { args: Record<string, string> }) {
  const { assignment, own, card } = useDuty();
  const place = assignment.place(props.args.place ?? "");
  const [view, setView] = useState<View>({ on: "vehicles" });
  const [within, setWithin] = useState<number | undefined>(undefined);
  const keptAs = `gate:${props.args.place}`;
  useEffect(holdOpen, []);
  useEffect(() => void remembered<number>(keptAs).then((kept) => setWithin((chosen) => chosen ?? kept), () => undefined), []);
  const listens = view.on === "vehicles";
  useLayoutEffect(() => (listens ? wedge((text) => setView({ on: "person", code: text })) : undefined), [listens]);
  const rules = useMemo(() => gateRules(assignment, within), [assignment, within]);
  const { offset } = assignment.pack;
  const since = shiftStart(own, card?.m ?? "", Date.parse(`${dayAt(offset)}T00:00:00${offset}`), now());
  const counts = useMemo(() => countsOf(own, place?.code ?? "", since), [own, place, since]);
  if (!place || !assignment.shapes.has("checkpoints.vehicle_checked")) {
    return (
      <Page title={t("Gate", "卡点")}>
        <Notice tone="watch">{say(t("This gate is not part of your work today.", "您今天没有此卡点的任务。"))}</Notice>
      </Page>
    );
  }
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
  const setGate = (hours: number) => {
    setWithin(hours);
    void remember(keptAs, hours).catch(() => undefined); // a help and no record
  };
  const home = () => setView({ on: "vehicles" });
  const isAsking = asksPeople(rules);
  return (
    <Page title={place.name} aside={<span class="nowrap small">{say(t("{n} not let through", "未放行 {n}", { n: counts.refused }))}</span>}>
      <Button kind={`emergency ${view.on}`} onPress={() => act(emergency())}>
        ✚ {say(t("Emergency: let pass", "急难就医：立即放行"))}
      </Button>
      {view.on === "vehicles" ? (
        <>
          <Counters assignment={assignment} counts={counts.vehicles} onPass={(vehicle, name) => act(pass(vehicle, name))}>
            <button type="button" class="button" data-person aria-label={say(t("Person; {count} so far", "人员；已计 {count}", { count: counts.persons }))} onClick={() => (isAsking ? setView({ on: "person", code: "" }) : act(person({ decision: "admitted" }, t("Person admitted", "人员已放行"))))}>
              <svg viewBox="0 0 44 30" fill="currentColor" aria-hidden="true">
                <path d="M22 2a6 6 0 1 1 0 12 6 6 0 0 1 0-12zM9 29c0-9 5-13 13-13s13 4 13 13z" />
              </svg>
              <span>{say(t("Person", "人员"))}</span>
              <b>{counts.persons}</b>
            </button>
          </Counters>
          <p class="small quiet under">{say(t("One tap lets one vehicle pass and counts it. The numbers are of this shift, on this phone.", "按一下即放行并计一辆。数字为本机本班次。"))}</p>
          <div class="stack">
            <Button kind="wide" onPress={() => setView({ on: "vehicle" })}>
              {say(t("Plate, people on board, turned away …", "车牌、人数、劝返等"))}
            </Button>
            {!isAsking && (
              <Button kind="wide" onPress={() => setView({ on: "person", code: "" })}>
                {say(t("Person with a name, or not let through", "人员姓名或未放行登记"))}
              </Button>
            )}
            {assignment.shapes.has("checkpoints.tallied") && (
              <Button kind="wide" onPress={() => go("form", { kind: "checkpoints.tallied", place: place.code })}>
                {say(assignment.shapes.get("checkpoints.tallied")!.label)}
              </Button>
            )}
          </div>
          {rules.windows_h.length > 0 && (
            <>
              <h2>{say(t("Asked for at this gate", "本卡点查验要求"))}</h2>
              <Picks legend={t("A test within ({pack})", "核酸有效期（{pack}）", { pack: rules.pack })} chosen={rules.within_h} choose={setGate} options={rules.windows_h.map((hours) => [hours, t("{hours} h", "{hours} 小时", { hours })] as const)} />
            </>
          )}
        </>
      ) : (
        <div class="check">
          <Counters slim assignment={assignment} counts={counts.vehicles} onPass={(vehicle, name) => act(pass(vehicle, name))}>
            <button type="button" class="button" data-back onClick={home} aria-label={say(t("To the counters", "返回计数"))}>
              <b>‹</b>
            </button>
          </Counters>
          {view.on === "person" ? <PersonCheck rules={rules} first={view.code} onDone={person} /> : <VehicleForm at={at} onDone={home} />}
        </div>
      )}
      <div class="toasted" />
    </Page>
  );
}
