// How something stands, as a colour and a sound say it.
export type Tone = "" | "good" | "watch" | "bad";
