// The sampling screen of a round: the table is set once, then it stays open.
import { useEffect, useState } from "preact/hooks";
import { say, t } from "../../kit/text";
import { useDuty } from "../../parts/hooks";
import { Empty, Notice, Page } from "../../parts/parts";
import type { Stand, Table } from "../../work/pool";
import { Bench } from "./Bench";
import { Setup } from "./Setup";
import { remember, remembered } from "../../store/settings";
import "../../style/posts.css";

const KEPT_AS = "sampling";

interface Kept {
  table: Table;
  stand: Stand;
}

export function Sampling(props: { args: Record<string, string> }) {
  const { assignment } = useDuty();
  const [kept, setKept] = useState<Kept | undefined | "looking">("looking");
  const [setting, set] = useState(false);
  const campaign = assignment.campaigns.find((each) => each.code === props.args.campaign);
  useEffect(() => void remembered<Kept>(KEPT_AS).then(setKept, () => setKept(undefined)), []);
  if (!campaign || !assignment.has("testing") || !assignment.shapes.has("testing.sampled")) {
    return (
      <Page title={t("Sampling", "采样")}>
        <Notice tone="watch">{say(t("Sampling is not part of your work today.", "您今天没有采样任务。"))}</Notice>
      </Page>
    );
  }
  if (kept === "looking") return <Page title={t("Sampling", "采样")}>{<Empty text={t("One moment …", "请稍候…")} />}</Page>;
  const keep = (next: Kept) => {
    setKept(next);
    void remember(KEPT_AS, next).catch(() => undefined); // a help and no record
  };
  const isSet = kept?.table.round === campaign.code && (!props.args.place || props.args.place === kept.table.place);
  if (!isSet || setting) {
    const ready = (table: Table) => {
      const same = kept && kept.table.round === table.round && kept.table.place === table.place && kept.table.size === table.size;
      keep({ table, stand: same ? kept.stand : { tube: "", waiting: "" } });
      set(false);
    };
    return <Setup round={campaign.code} before={kept?.table} place={props.args.place ?? ""} onReady={ready} />;
  }
  const { table } = kept;
  return (
    <Bench campaign={campaign} table={table} stand={kept.stand} onStand={(stand) => keep({ table, stand })} change={() => set(true)} />
  );
}
