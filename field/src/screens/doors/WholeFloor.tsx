// "Nobody home" for a whole floor: asked once more, with the doors by name, because one press makes several records.
import { useEffect, useRef } from "preact/hooks";
import { say, t } from "../../kit/text";
import { Button } from "../../parts/parts";
import type { Household } from "../../work/assignment";
import { type Floor, floorName } from "../../work/sweep/sections";
import type { Sweep } from "../../work/sweep/sweep";

/** Calls back with the doors that were confirmed; with none where nothing shall be recorded. */
export function WholeFloor(props: { sweep: Sweep; floor: Floor; homes: Household[]; onClose: (homes: Household[]) => void }) {
  const { floor, homes } = props;
  const box = useRef<HTMLDialogElement>(null);
  useEffect(() => box.current?.showModal(), []);
  return (
    <dialog ref={box} class="stack" aria-labelledby="whole-floor" onCancel={() => props.onClose([])}>
      <h2 id="whole-floor">{say(t("{floor}: nobody home?", "{floor}：均无人在家？", { floor: say(floorName(floor.floor)) }))}</h2>
      <p>{homes.map((home) => [home.flat, home.head].filter(Boolean).join(" ")).join(say(t(", ", "、")))}</p>
      <Button kind="primary wide" onPress={() => props.onClose(homes)}>
        {say(t("Yes, nobody home ({n})", "确认无人在家（{n} 户）", { n: homes.length }))}
      </Button>
      <Button kind="wide" onPress={() => props.onClose([])}>
        {say(t("No, go back", "返回"))}
      </Button>
    </dialog>
  );
}
