import { type Tone, tones } from "../charts/palette.ts";

const all: readonly Tone[] = Object.values(tones);
const variables = (value: (tone: Tone) => string): string => all.map((tone) => `--${tone.name}:${value(tone)}`).join(";");

const rules = `
*{box-sizing:border-box;margin:0}
body{max-width:1200px;margin:0 auto;padding:44px 64px 40px;font:15px/1.5 Inter,ui-sans-serif,system-ui,-apple-system,"Segoe UI",Roboto,sans-serif;color:var(--ink);background:var(--surface);font-variant-numeric:tabular-nums;font-feature-settings:"cv05","ss03"}
a{color:var(--accent)}
a:focus-visible,summary:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:4px}
.mono,code,pre{font-family:ui-monospace,"JetBrains Mono","SF Mono","Cascadia Mono",Menlo,"DejaVu Sans Mono",monospace;font-size:.9em}
.hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.top{display:flex;flex-wrap:wrap;justify-content:space-between;gap:4px 24px;font-size:13px;color:var(--ink3);margin-bottom:26px}
.top b{color:var(--ink);font-weight:650;font-size:15px;letter-spacing:-.01em}
h1{font-size:32px;line-height:1.18;letter-spacing:-.025em;font-weight:640;text-wrap:balance;max-width:860px;overflow-wrap:anywhere}
.sub{color:var(--ink2);margin:10px 0 28px;max-width:900px;text-wrap:pretty;overflow-wrap:anywhere}
.verdict{display:grid;grid-template-columns:minmax(0,1fr) minmax(470px,auto);gap:48px;padding:24px 0 26px;border-top:1.5px solid var(--ink);border-bottom:1px solid var(--line)}
.verdict h2{font-size:22px;line-height:1.3;letter-spacing:-.018em;font-weight:620;display:flex;gap:10px;align-items:center;margin-bottom:8px}
.verdict p{color:var(--ink2);max-width:520px;text-wrap:pretty;overflow-wrap:anywhere}
.i{width:16px;height:16px;flex:none}
h2 .i{width:22px;height:22px}
td .i{vertical-align:-2px}
.ok{color:var(--ready-ink)}
.no{color:var(--dead-ink)}
.accent{color:var(--accent)}
table{border-collapse:collapse;width:100%;font-size:14px}
th{font-weight:500;font-size:12.5px;color:var(--ink3);text-align:left;padding:0 12px 6px 0;white-space:nowrap}
td{padding:7px 12px 7px 0;border-top:1px solid var(--line);vertical-align:baseline}
.r{text-align:right;white-space:nowrap}
th:last-child,td:last-child{padding-right:0}
.nums{display:grid;grid-template-columns:1.25fr 1fr 1fr 1fr;padding:20px 0 22px;border-bottom:1px solid var(--line);margin-bottom:34px}
.nums div{padding:0 16px 0 24px;border-left:1px solid var(--line)}
.nums div:first-child{padding-left:0;border:0}
.nums span{font-size:13px;color:var(--ink3);display:block;text-wrap:pretty;overflow-wrap:anywhere}
.nums b{font-size:28px;font-weight:600;letter-spacing:-.03em;line-height:1.3;display:block}
.nums small{font-size:17px;font-weight:500;letter-spacing:0;color:var(--ink2)}
.row{display:grid;grid-template-columns:218px minmax(0,1fr);gap:24px;margin-bottom:26px}
.row h3,.foot h3{font-size:15px;line-height:1.5;font-weight:620;letter-spacing:-.008em;margin-bottom:3px;overflow-wrap:anywhere}
.row p{font-size:13px;color:var(--ink2);line-height:1.48;text-wrap:pretty}
.row p+p{margin-top:6px}
.row h4{font-size:13px;font-weight:600;margin:14px 0 6px}
.row div>h4:first-child{margin-top:0}
.scroll+.scroll,.scroll+p,p+.scroll,.scroll+.notes{margin-top:16px}
td:has(>.i){width:28px}
.strip{margin-bottom:8px}
.chart{margin-right:-24px;overflow-x:auto;overflow-y:hidden}
.chart svg{display:block;font-family:inherit}
.defs{position:absolute;width:0;height:0}
details{font-size:13px;color:var(--ink2);margin-top:4px}
summary{cursor:pointer;color:var(--ink3);width:fit-content}
details table{font-size:13px;margin:8px 0 4px}
details td{padding:4px 12px 4px 0}
details .scroll{max-height:420px;overflow:auto}
.scroll{overflow-x:auto}
ol,ul{padding:0;list-style:none}
.events{margin-top:8px}
.events li{display:grid;grid-template-columns:84px 84px 1fr;gap:0 12px;padding:2px 0}
.notes li{padding:0 0 6px;max-width:640px;text-wrap:pretty;font-size:13px;color:var(--ink2)}
.foot{border-top:1.5px solid var(--ink);padding-top:18px;display:grid;grid-template-columns:218px minmax(0,1fr);gap:24px;font-size:13px;color:var(--ink2)}
.foot pre{font-size:13px;background:var(--sunken);border-radius:6px;padding:8px 12px;color:var(--ink);margin-bottom:8px;white-space:pre-wrap;overflow-wrap:anywhere}
.fingerprint{color:var(--ink);white-space:nowrap}
.fingerprint span+span{margin-left:.5em}
.scenarios,.variants{margin:24px 0}
.variants th a{font-size:14px;font-weight:550}
.variants tbody td:first-child{min-width:140px}
.variants tr:has(td>b) td{padding-top:20px}
.variants td>.mono{padding-left:14px}
.variants td:first-child,.variants th:first-child{position:sticky;left:0;background:var(--surface)}
.variants+.notes{margin-bottom:36px}
.scenarios td:nth-child(2),.scenarios td:last-child{white-space:nowrap}
.scenarios td:nth-child(2){font-weight:550}
@media (max-width:1140px){body{padding:32px 32px}.verdict{grid-template-columns:minmax(0,1fr);gap:20px}.nums{grid-template-columns:1fr 1fr;gap:20px 0}.nums div:nth-child(odd){padding-left:0;border:0}.row,.foot{grid-template-columns:minmax(0,1fr);gap:8px}.chart{margin-right:0}}
.narrow{display:none}
@media (max-width:759px){#failures .chart{display:none}.narrow{display:block}}
@media (min-width:760px){.chart svg{max-width:100%;height:auto}}
@media (max-width:600px){.scenarios th:nth-child(3),.scenarios td:nth-child(3){display:none}.verdict table,.row table{font-size:13px}.row th,.row td{padding-right:8px}.verdict th,.verdict td{padding-right:8px}.verdict th,.verdict td:last-child{white-space:normal}body{padding:20px 16px}h1{font-size:26px}.nums{grid-template-columns:minmax(0,1fr)}.nums div{padding-left:0;border:0}.events li{grid-template-columns:70px 1fr}.events li span:last-child{grid-column:1/-1}summary{padding:10px 0}}
@media print{body{max-width:none;padding:0}.row,.verdict,.nums{break-inside:avoid}.chart{overflow:visible;margin-right:0}.chart svg{width:100%;height:auto}}
`;

/** The style of every page: the colours of light, dark and forced palettes, then the rules. */
export const style = [
  `:root{color-scheme:light dark;${variables(({ light }) => light)}}`,
  `@media screen and (prefers-color-scheme:dark){:root{${variables(({ dark }) => dark)}}}`,
  `@media (forced-colors:active){:root{${variables(({ forced }) => forced)}}}`,
  rules.trim(),
]
  .join("\n")
  .replaceAll("\n", "");

/** The hash of `style` in base64, by which the content security policy lets it in; a test compares it. */
export const styleHash = "7W2KG7NOkJcqaSl42KeQWHhF9HkxalroPn+GEZik84s=";
