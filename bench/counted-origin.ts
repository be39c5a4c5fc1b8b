/**
 * A site that counts how often it is asked, in a process of its own: `bun bench/counted-origin.ts PORT`. Each page takes 20 ms, as a quick CMS's
 * does, and may be kept for an hour. `/asked` says how often pages were asked for, and begins anew.
 */
const pageMs = 20;
const body = "a".repeat(12_288);
let asked = 0;

Bun.serve({
  hostname: "127.0.0.1",
  port: Number(process.argv[2]),
  async fetch({ url }) {
    if (new URL(url).pathname === "/asked") {
      const count = asked;
      asked = 0;
      return Response.json(count, { headers: { "cache-control": "no-store" } });
    }
    asked += 1;
    await Bun.sleep(pageMs);
    return new Response(body, {
      headers: { "content-type": "text/html; charset=utf-8", "cache-control": "max-age=3600" },
    });
  },
});
console.log("ready");
