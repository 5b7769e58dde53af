// What the pack on this phone has for a gate, as values.
import type { Assignment } from "./assignment";
import type { GateRules } from "./gate";

/** `chosen`: within how many hours this gate asks for a test. Until somebody sets it: what the pack says of gates, else its shortest window. */
export function gateRules(assignment: Assignment, chosen: number | undefined): GateRules {
  const tests = assignment.has("testing");
  const windows = tests ? [...(assignment.value<number[]>("test_validity.windows_h") ?? [])].sort((one, other) => one - other) : [];
  const usual = assignment.value<number>("test_validity.gate_h") ?? windows[0] ?? 0;
  return {
    pack: assignment.pack.name,
    fever_c: assignment.has("temperature") ? assignment.value<number>("monitoring.fever_c") : undefined,
    windows_h: windows,
    within_h: chosen !== undefined && windows.includes(chosen) ? chosen : usual,
    validity_from: assignment.value<"report" | "sampling">("test_validity.validity_from") ?? "report",
    exempt_age_under: assignment.value<number>("test_validity.exempt_age_under"),
  };
}

/** Whether the pack asks anything of people at a gate. */
export function asksPeople(rules: GateRules): boolean {
  return rules.fever_c !== undefined || rules.within_h > 0;
}
