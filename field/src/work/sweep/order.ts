// The order in which doors are walked: that of the register, that of the last walk, or as somebody moved them.

/** The doors that were walked in the order of the walk; each other door stays behind the one after which it came before. */
export function walkingOrder(before: string[], walked: string[]): string[] {
  const here = new Set(before);
  const steps = walked.filter((code) => here.has(code));
  const behind = new Map<string, string[]>(steps.map((code) => [code, [code]]));
  const first: string[] = [];
  let group = first;
  for (const code of before) {
    const own = behind.get(code);
    if (own) group = own;
    else group.push(code);
  }
  return [...first, ...steps.flatMap((code) => behind.get(code)!)];
}

/** The codes with one of them put before another; at the end where `before` is undefined. */
export function moved(codes: string[], code: string, before: string | undefined): string[] {
  if (code === before) return codes;
  const others = codes.filter((each) => each !== code);
  const place = before === undefined ? others.length : others.indexOf(before);
  return [...others.slice(0, place), code, ...others.slice(place)];
}

/** What is remembered of walking: the order in force, and the doors of this campaign in the order in which they were visited first. */
export interface Walk {
  order: string[];
  campaign: string;
  walked: string[];
}

export const NO_WALK: Walk = { order: [], campaign: "", walked: [] };

/** The walk with one more door. With the first door of another campaign the walk before becomes the order; during a walk it stays as it
 * is, so that the next door is the one that the worker expects. `sections` holds the codes of each section in their present order. */
export function stepped(walk: Walk, campaign: string, code: string, sections: () => string[][]): Walk {
  if (walk.campaign !== campaign)
    return {
      order: walk.walked.length ? sections().flatMap((each) => walkingOrder(each, walk.walked)) : walk.order,
      campaign,
      walked: [code],
    };
  return walk.walked.includes(code) ? walk : { ...walk, walked: [...walk.walked, code] };
}

/** The order after somebody rearranged a section: what was said of other sections stays. */
export function rearranged(walk: Walk, section: string[]): Walk {
  const own = new Set(section);
  return { ...walk, order: [...walk.order.filter((code) => !own.has(code)), ...section] };
}
