/**
 * What people who mean harm type into fields: one line each, grouped by the place in which it would begin to act. Each calls
 * `trap()`, asks for something below `/trap`, or leaves an element with `data-trap` behind, whichever the page lets through.
 */

const elements = [
  "<script>trap()</script>",
  "<ScRiPt >trap()</sCrIpT\t>",
  "<script src=/trap.js></script>",
  "<script/x>trap()</script>",
  "<<script>trap()//<</script>",
  "<img src=/trap onerror=trap() data-trap>",
  "<img src=x:x onerror=`trap()` data-trap>",
  "<svg onload=trap() data-trap>",
  "<svg/onload=trap()//data-trap",
  "<svg><script>trap()</script></svg>",
  "<svg><animate attributeName=x dur=1s onbegin=trap() data-trap>",
  "<svg><a xlink:href=javascript:trap() data-trap><text>x</text></a></svg>",
  "<math><mtext><img src=/trap onerror=trap() data-trap></mtext></math>",
  "<body onload=trap() data-trap>",
  '<iframe srcdoc="<script>parent.trap()</script>" data-trap></iframe>',
  "<iframe src=javascript:parent.trap() data-trap></iframe>",
  "<object data=/trap data-trap></object>",
  "<embed src=/trap data-trap>",
  "<base href=//trap.invalid/ data-trap>",
  '<meta http-equiv=refresh content="0;url=/trap" data-trap>',
  "<link rel=stylesheet href=/trap.css data-trap>",
  "<style data-trap>@import '/trap.css';</style>",
  "<form action=/trap data-trap><button formaction=javascript:trap()>x</button></form>",
  "<input autofocus onfocus=trap() data-trap>",
  "<select autofocus onfocus=trap() data-trap>",
  "<details open ontoggle=trap() data-trap>",
  "<video><source src=/trap onerror=trap() data-trap></video>",
  "<marquee onstart=trap() data-trap>",
  "<p id=writing data-trap>",
];

const breakouts = [
  '" onmouseover="trap()" data-trap="',
  "' onmouseover='trap()' data-trap='",
  '" autofocus onfocus=trap() data-trap x="',
  '"><img src=/trap onerror=trap() data-trap>',
  "'><svg onload=trap() data-trap>",
  "</title><script>trap()</script>",
  "</textarea><img src=/trap onerror=trap() data-trap>",
  "</option></select><img src=/trap onerror=trap() data-trap>",
  "</style><img src=/trap onerror=trap() data-trap>",
  "</script><script>trap()</script>",
  "<!--<script>trap()//",
  "--><script>trap()</script><!--",
  "]]><script>trap()</script>",
  "</noscript><img src=/trap onerror=trap() data-trap>",
  '<noscript><p title="</noscript><img src=/trap onerror=trap() data-trap>">',
  '<svg></p><style><a id="</style><img src=/trap onerror=trap() data-trap>">',
  "</template><img src=/trap onerror=trap() data-trap>",
  '<x xmlns="http://www.w3.org/1999/xhtml" onload="trap()" data-trap="">',
];

const expressions = [
  "';trap();//",
  '";trap();//',
  '\\";trap();//',
  "`-trap()-`",
  "${trap()}",
  "{{constructor.constructor('trap()')()}}",
  "<%= trap() %> #{trap()} [[trap()]]",
  "\\u003cimg src=/trap onerror=trap() data-trap\\u003e",
  "__proto__[innerHTML]=<img/src/onerror=trap()>",
  "x;background:url(/trap)}*{background:url(/trap)",
  "[x](javascript:trap()) ![x](/trap) <javascript:trap()>",
  "\r\nContent-Type: text/html\r\n\r\n<script>trap()</script>",
];

const disguises = [
  "&lt;img src=/trap onerror=trap() data-trap&gt;",
  "&#60;img src=/trap onerror=trap() data-trap&#62;",
  "%3Cimg%20src=/trap%20onerror=trap()%20data-trap%3E",
  "\u202e<img src=/trap onerror=trap() data-trap>\u2066",
  "<scr\u200bipt>trap()</script>",
  "<scr\u0000ipt>trap()</script>",
  "＜img src=/trap onerror=trap() data-trap＞",
  "\u2028trap()//\u2029",
  "<ſcript>trap()</ſcript>",
  "\ufeff<img src=/trap onerror=trap() data-trap>",
];

/** What a link or a picture might be told to lead to. */
export const hostileAddresses = [
  "javascript:trap()",
  "JaVaScRiPt:trap()",
  "java\tscript:trap()",
  "\u0001javascript:trap()",
  " javascript:trap()",
  "javascript&colon;trap()",
  "javascript://example.org/%0Atrap()",
  "data:text/html,<script>parent.trap()</script>",
  "vbscript:trap()",
  "blob:https://example.org/x",
  "file:///etc/passwd",
  "//trap.invalid/",
  "/\\trap.invalid/",
  "\\\\trap.invalid",
  "https:javascript:trap()",
  'https://example.org/" onmouseover="trap()" data-trap="',
  "https://example.org/'><img/src=/trap/onerror=trap()/data-trap>",
] as const;

export const hostileWords: readonly string[] = [
  ...elements,
  ...breakouts,
  ...expressions,
  ...disguises,
  ...hostileAddresses,
];

/** All of them in as few lines as a field of that length takes; what is longer itself is left out. */
export function packed(charactersMax: number): string[] {
  const lines: string[] = [];
  for (const words of hostileWords.filter(({ length }) => length <= charactersMax)) {
    const last = lines.at(-1);
    const longer = `${last} ${words}`;
    if (last === undefined || longer.length > charactersMax) lines.push(words);
    else lines[lines.length - 1] = longer;
  }
  return lines;
}
