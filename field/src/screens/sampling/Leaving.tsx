// Sealed tubes go into a box and to a carrier: those of this site, and those that are scanned.
import { useEffect, useMemo, useState } from "preact/hooks";
import { say, several, t } from "../../kit/text";
import { Answer, type Card, type Words } from "../../parts/Answer";
import { useDuty } from "../../parts/hooks";
import { Button, Notice, Page, usePieces } from "../../parts/parts";
import { act } from "../../parts/press";
import { back } from "../../parts/route";
import { saved } from "../../parts/toast";
import { signal } from "../../parts/signal";
import { Scanner } from "../../scan/Scanner";
import * as duty from "../../work/duty";
import { holdOpen } from "../../work/idle";
import { meaningOf } from "../../work/meaning";
import { type Pool, poolsOf } from "../../work/pool";
import { remember, remembered } from "../../store/settings";
import "../../style/posts.css";

const KEPT_AS = "sampling-carrier";
const ASKS: Words = {
  tone: "",
  sign: "tube",
  text: t("Scan each tube as it goes into the box", "逐管扫描装箱"),
  more: t("Or take all sealed tubes of this site.", "也可一次选取本点全部已封管。"),
};
const ASKS_BOX: Words = { ...ASKS, text: t("Scan the box", "请扫描转运箱"), more: t("Or type its number below.", "也可在下方输入编号。") };

/** The tubes that are put into the box, and the card of the last scan. */
function usePacking(pools: Map<string, Pool>) {
  const { assignment, own } = useDuty();
  const [tubes, setTubes] = useState<string[]>([]);
  const [card, setCard] = useState<Card | undefined>(undefined);
  const tell = (words: Words) => setCard({ ...words, presses: [], key: performance.now() });
  const scanned = async (text: string) => {
    const meaning = await meaningOf(text, assignment, own);
    if (meaning.is !== "tube") {
      const said = meaning.is === "strange" ? meaning.text : t("This is no tube.", "这不是采样管。");
      return tell({ tone: "bad", sign: "?", text: said, more: t("Scan the label on the tube.", "请扫描采样管标签。") });
    }
    const words = judged(meaning.code, pools.get(meaning.code), tubes);
    tell(words);
    if (words.tone === "good" || words.sign === "+") setTubes((now) => (now.includes(meaning.code) ? now : [...now, meaning.code]));
  };
  return { tubes, setTubes, card, clear: () => setCard(undefined), scanned };
}

export function Leaving(props: { args: Record<string, string> }) {
  const { assignment, own } = useDuty();
  const { place = "" } = props.args;
  const pools = useMemo(() => poolsOf(own), [own]);
  const { tubes, setTubes, card, clear, scanned } = usePacking(pools);
  const [box, setBox] = useState("");
  const [carrier, setCarrier] = useState("");
  const [boxNext, setBoxNext] = useState(false);
  const [wrong, setWrong] = useState(false);
  useEffect(holdOpen, []);
  useEffect(() => void remembered<string>(KEPT_AS).then((kept) => kept && setCarrier((typed) => typed || kept), () => undefined), []);
  const onCode = (text: string) => {
    if (!boxNext) return act(scanned(text));
    setBox(text.trim());
    setBoxNext(false);
    signal("good");
  };
  const save = async () => {
    const data = { tubes, box: box.trim(), carrier: carrier.trim() };
    if (!tubes.length || !data.box || !data.carrier) return setWrong(true);
    const area = assignment.place(place)?.area ?? assignment.worker?.area ?? "";
    const kept = await duty.say({ kind: "testing.handed_over", area, ...(place ? { place } : {}), data });
    void remember(KEPT_AS, data.carrier).catch(() => undefined); // a help and no record
    saved(t("{n} tubes handed over in box {box}.", "已交接 {n} 管，转运箱 {box}。", { n: tubes.length, box: data.box }), [kept]);
    back();
  };
  const ready = [...pools.values()].filter((pool) => pool.place === place && pool.sealed && !pool.handed).map((pool) => pool.tube);
  return (
    <Page title={t("Hand tubes over", "样本交接")}>
      <Answer stays card={card} otherwise={boxNext ? ASKS_BOX : ASKS} clear={clear} />
      <Scanner small label={say(t("Code on the tube", "采样管编号"))} onCode={onCode} />
      <Packed tubes={tubes} rest={ready.filter((tube) => !tubes.includes(tube))} onChange={setTubes} />
      <h2>{say(t("Box and carrier", "转运箱与转运人"))}</h2>
      <label class="field">
        <span>{say(t("Box", "转运箱"))}</span>
        <div class="row">
          <input class="grow" name="box" value={box} onInput={(event) => setBox(event.currentTarget.value)} autocomplete="off" />
          <Button onPress={() => setBoxNext(!boxNext)} pressed={boxNext} kind={boxNext ? "chosen" : ""}>
            {say(t("Scan it", "扫描"))}
          </Button>
        </div>
      </label>
      <label class="field">
        <span>{say(t("Carrier", "转运人"))}</span>
        <input name="carrier" value={carrier} onInput={(event) => setCarrier(event.currentTarget.value)} autocomplete="off" />
      </label>
      {wrong && (
        <Notice tone="bad">{say(t("At least one tube, the box and the carrier, please.", "请至少选择一管，并填写转运箱和转运人。"))}</Notice>
      )}
      <Button kind="primary wide" onPress={() => act(save())}>
        {say(t("Handed over", "确认交接"))}
      </Button>
    </Page>
  );
}

/** What is in the box; pressed, a tube leaves it. `rest`: sealed tubes of the site that are not in it. */
function Packed(props: { tubes: string[]; rest: string[]; onChange: (tubes: string[]) => void }) {
  const { tubes, rest, onChange } = props;
  const [shown, more] = usePieces(tubes);
  return (
    <>
      {rest.length > 0 && (
        <Button kind="wide all" onPress={() => onChange([...tubes, ...rest])}>
          {say(t("Take all sealed tubes of this site ({n})", "选取本点全部已封管（{n}）", { n: rest.length }))}
        </Button>
      )}
      <h2>{say(t(`In the box: {n} ${several(tubes.length, "tube", "tubes")}`, "已装箱 {n} 管", { n: tubes.length }))}</h2>
      <div class="choices leaving">
        {shown.map((tube) => (
          <Button
            key={tube}
            label={say(t("Take {tube} out of the box", "移出 {tube}", { tube }))}
            onPress={() => onChange(tubes.filter((each) => each !== tube))}
          >
            {tube} ×
          </Button>
        ))}
      </div>
      {more}
    </>
  );
}

function judged(tube: string, pool: Pool | undefined, tubes: string[]): Words {
  const next = t("Next tube.", "请下一管。");
  if (tubes.includes(tube))
    return { tone: "watch", sign: "=", text: t("{tube} is in the box already.", "{tube} 已在箱内。", { tube }), more: next };
  if (pool?.handed)
    return {
      tone: "bad",
      sign: "✕",
      text: t("{tube} was handed over before.", "{tube} 此前已交接。", { tube }),
      more: t("Look whether it is the right tube.", "请核对采样管。"),
    };
  if (pool && !pool.sealed)
    return {
      tone: "bad",
      sign: "✕",
      text: t("{tube} is not sealed yet.", "{tube} 尚未封管。", { tube }),
      more: t("Go back to the table and seal it.", "请返回采样台封管。"),
    };
  if (!pool)
    return {
      tone: "watch",
      sign: "+",
      text: t("{tube}: of another phone", "{tube}：非本机采样", { tube }),
      more: t("Taken into the box. The office checks it.", "已装箱，由后台核对。"),
    };
  return { tone: "good", sign: "✓", text: t("{tube}, {n} swabs", "{tube}，{n} 人", { tube, n: pool.swabs.length }), more: next };
}
