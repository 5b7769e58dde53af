// The long form of a vehicle: plate, people on board, and why it was not let through.
import { useState } from "preact/hooks";
import { type Text, say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Line } from "../../parts/Line";
import { Picks } from "../../parts/Picks";
import { act } from "../../parts/press";
import { saved } from "../../parts/toast";
import * as duty from "../../work/duty";
import type { Decision } from "../../work/gate";
import { vehicles } from "./Counters";

const DECISIONS: [Decision, Text][] = [
  ["admitted", t("Admit", "放行")],
  ["referred", t("Refer", "转交")],
  ["turned_away", t("Turn away", "劝返")],
];

export function VehicleForm(props: { at: { area: string; place: string }; onDone: () => void }) {
  const { assignment } = useDuty();
  const kinds = vehicles(assignment);
  const [vehicle, setVehicle] = useState(kinds[0]?.[0] ?? "");
  const [decision, setDecision] = useState<Decision>("admitted");
  const [plate, setPlate] = useState("");
  const [occupants, setOccupants] = useState("");
  const [reason, setReason] = useState("");
  const [wrong, setWrong] = useState<Text | undefined>(undefined);
  const save = async (event: Event) => {
    event.preventDefault();
    const people = occupants.normalize("NFKC").trim();
    if (people && !/^\d{1,3}$/.test(people)) return setWrong(t("People on board: a whole number, please.", "车上人数请填整数。"));
    if (decision !== "admitted" && !reason.trim()) return setWrong(t("Say why it is not let through.", "未放行须写明原因。"));
    const data = {
      vehicle,
      decision,
      plate: plate.trim().toUpperCase(),
      occupants: people ? Number(people) : undefined,
      reason: reason.trim(),
    };
    const kept = await duty.say({ kind: "checkpoints.vehicle_checked", ...props.at, data });
    saved(t("Vehicle recorded", "车船已登记"), [kept]);
    props.onDone();
  };
  return (
    <form onSubmit={(event) => act(save(event))}>
      <Picks legend={t("Vehicle", "车船类型")} chosen={vehicle} choose={setVehicle} options={kinds} />
      <Line name="plate" label={t("Plate or ship's name", "车牌或船名")} value={plate} set={setPlate} />
      <Line name="occupants" label={t("People on board", "车上人数")} value={occupants} set={setOccupants} mode="numeric" />
      <Picks legend={t("Decision", "处置")} chosen={decision} choose={setDecision} options={DECISIONS} />
      {decision !== "admitted" && <Line name="reason" label={t("Reason", "原因")} value={reason} set={setReason} />}
      {wrong && (
        <p class="error" role="alert">
          {say(wrong)}
        </p>
      )}
      <button type="submit" class="button primary wide" style={{ marginBottom: "12px" }}>
        {say(t("Save", "保存"))}
      </button>
    </form>
  );
}
