// How far a sweep has come, always in sight: done, visited in vain, not visited, and what is not due.
import { say, t } from "../../kit/text";
import { Bar } from "../../parts/parts";
import { FILTERS, type Filter, type Tally as Numbers } from "../../work/sweep/states";

export function TallyLine(props: { tally: Numbers }) {
  const { done, todo, tried, due, notDue } = props.tally;
  const words = [
    t("{n} done", "已完成 {n}", { n: done }),
    t("{n} not visited", "未走访 {n}", { n: todo }),
    t("{n} tried", "走访未成 {n}", { n: tried }),
    ...(notDue ? [t("{n} not due", "不在本轮 {n}", { n: notDue })] : []),
  ];
  return (
    <div class="tally">
      <Bar done={done} cannot={tried} due={due} />
      <p class="small">{words.map(say).join(" · ")}</p>
    </div>
  );
}

/** The same numbers as the buttons that choose what is shown. */
export function Filters(props: { tally: Numbers; chosen: Filter; onChoose: (filter: Filter) => void }) {
  const { tally } = props;
  const numbers: Record<Filter, number> = { todo: tally.todo, tried: tally.tried, done: tally.done, all: tally.due + tally.notDue };
  return (
    <>
      <Bar done={tally.done} cannot={tally.tried} due={tally.due} />
      <div class="filters" role="group" aria-label={say(t("Show", "显示"))}>
        {(Object.keys(FILTERS) as Filter[]).map((filter) => (
          <button
            key={filter}
            type="button"
            class={`button ${filter === props.chosen ? "chosen" : ""}`}
            aria-pressed={filter === props.chosen}
            data-filter={filter}
            onClick={() => props.onChoose(filter)}
          >
            <b>{numbers[filter]}</b>
            <span>{say(FILTERS[filter])}</span>
          </button>
        ))}
      </div>
    </>
  );
}
