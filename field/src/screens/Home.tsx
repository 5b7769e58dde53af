// Today's work of the worker on duty, with how far it has come.
import { useMemo } from "preact/hooks";
import { dayTimeAt } from "../kit/clock";
import { type Text, say, t } from "../kit/text";
import { useDuty, useSending } from "../parts/hooks";
import { Bar, Empty, Notice, Page } from "../parts/parts";
import { go } from "../parts/route";
import { EnrolAgain } from "../parts/sending";
import type { Assignment, Campaign, Place } from "../work/assignment";
import { TROUBLES } from "./Sending";
import { clockWarning } from "../work/warnings";
import { dueOf, progressOf, reachOf } from "../work/reached";
import { Forms } from "./Forms";
import { useCounts } from "./gate/counts";
import { TaskCards } from "./tasks/Cards";

const SCREEN_OF: Record<string, string> = { doorknock: "doors", "testing.round": "sampling", "venues.patrol": "patrol" };
const NAME_OF: Record<string, Text> = {
  doorknock: t("Doors", "敲门走访"),
  "testing.round": t("Sampling round", "采样轮次"),
  "venues.patrol": t("Patrol", "场所巡查"),
};

export function Home() {
  const { assignment, card, own } = useDuty();
  const sending = useSending();
  const warning = clockWarning();
  return (
    <Page
      title={card ? t("{name}, today", "{name} 今日工作", { name: card.n }) : t("Today", "今日工作")}
      root
      aside={<button onClick={() => go("more")}>{say(t("More", "更多"))}</button>}
    >
      {warning && <Notice tone="watch">{say(warning)}</Notice>}
      <p class="quiet under">
        {[assignment.worker?.area_name, assignment.worker?.place && assignment.place(assignment.worker.place)?.name]
          .filter(Boolean)
          .join(" · ")}
      </p>
      {sending && ["card", "revoked", "unknown"].includes(sending.trouble) && (
        <Notice tone="bad">
          <p>{sending.text || say(TROUBLES[sending.trouble as keyof typeof TROUBLES])}</p>
          <EnrolAgain trouble={sending.trouble} />
        </Notice>
      )}
      {!assignment.worker && (
        <Empty
          text={t("Today's work has not come yet. It comes with the first contact with the server.", "尚未取得今日任务，联网后自动获取。")}
        />
      )}
      {assignment.campaigns.map((campaign) => (
        <CampaignCard key={campaign.code} campaign={campaign} assignment={assignment} own={own} />
      ))}
      <TaskCards />
      <Posts assignment={assignment} />
      <Forms />
    </Page>
  );
}

function CampaignCard(props: { campaign: Campaign; assignment: Assignment; own: ReturnType<typeof useDuty>["own"] }) {
  const { campaign, assignment, own } = props;
  const progress = useMemo(
    () => progressOf(campaign, dueOf(campaign, assignment), reachOf(campaign, assignment, own)),
    [campaign, assignment, own],
  );
  const screen = SCREEN_OF[campaign.kind] ?? "list";
  if (!progress.due) return null;
  return (
    <button type="button" class="card" onClick={() => go(screen, { campaign: campaign.code })}>
      <div class="row spread wrap">
        <h2 style={{ margin: 0 }}>{campaign.name || say(NAME_OF[campaign.kind] ?? t("Work", "任务"))}</h2>
        <span class="nowrap small quiet">
          {say(t("until {time}", "截止 {time}", { time: dayTimeAt(assignment.pack.offset, campaign.to) }))}
        </span>
      </div>
      <Bar {...progress} />
      <div class="numbers">
        <span>
          <b>{progress.done}</b> {say(t("done", "已完成"))}
        </span>
        <span>
          <b>{progress.left}</b> {say(t("to do", "未完成"))}
        </span>
        {progress.cannot > 0 && (
          <span>
            <b>{progress.cannot}</b> {say(t("of them tried", "其中未成"))}
          </span>
        )}
      </div>
    </button>
  );
}

/** The posts at which somebody stands: a gate, a sampling site. */
function Posts(props: { assignment: Assignment }) {
  const { assignment } = props;
  const gates = assignment.does("gate") ? assignment.places.filter((place) => place.category === "checkpoint") : [];
  return (
    <>
      {tables(assignment).map(({ round, place, name }) => (
        <button type="button" class="card row" key={`${round} ${place}`} onClick={() => go("sampling", { campaign: round, place })}>
          <span class="grow strong">{name}</span>
          <span>{say(t("Sampling ›", "采样 ›"))}</span>
        </button>
      ))}
      {gates.map((gate) => (
        <GateCard key={gate.code} gate={gate} />
      ))}
    </>
  );
}

function GateCard(props: { gate: Place }) {
  const { vehicles, persons } = useCounts(props.gate.code);
  const passed = [...vehicles.values()].reduce((sum, count) => sum + count, 0);
  return (
    <button type="button" class="card row" onClick={() => go("gate", { place: props.gate.code })}>
      <span class="grow">
        <span class="strong">{props.gate.name}</span>
        <br />
        <span class="small quiet">
          {say(t("this shift: vehicles {passed}, people {persons}", "本班：车船 {passed}，人员 {persons}", { passed, persons }))}
        </span>
      </span>
      <span class="nowrap">{say(t("Gate ›", "卡点 ›"))}</span>
    </button>
  );
}

/** Sampling tables that no card of a round leads to: one's own post, and every site where the phone knows nobody (a volunteer's card for one shift). */
function tables(assignment: Assignment): { round: string; place: string; name: string }[] {
  if (!assignment.does("round") || !assignment.has("testing")) return [];
  const nobody = assignment.persons.size === 0;
  const sites = assignment.places.filter((place) => place.category === "test_site" && (nobody || place.code === assignment.worker?.place));
  return assignment.campaigns
    .filter((each) => each.kind === "testing.round")
    .flatMap((round) => sites.map((site) => ({ round: round.code, place: site.code, name: site.name })));
}
