/**
 * MariaDB, PHP and nginx of the system's as children of a test, everything in one folder. They end with the test however it ends: setpriv
 * has the kernel tell them (PR_SET_PDEATHSIG), and nginx and php-fpm then end their own children.
 */
import { existsSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";

const programs = {
  setpriv: ["/usr/bin/setpriv"],
  mariadbd: ["/usr/sbin/mariadbd"],
  php: ["/usr/bin/php"],
  phpFpm: ["8.2", "8.3", "8.4"].map((version) => `/usr/sbin/php-fpm${version}`),
  nginx: ["/usr/sbin/nginx"],
} as const;
type Program = keyof typeof programs;

/** As Debian's package leaves it. */
export const packagedSite = "/usr/share/wordpress";
const startedWithinMs = 15_000;

/** Everything that a WordPress of a test's needs is on this machine. */
export const hasWordpress =
  Object.values(programs).every((paths) => paths.some((path) => existsSync(path))) &&
  existsSync(`${packagedSite}/wp-content/themes/twentytwentyone/style.css`);

export function programPath(program: Program): string {
  const path = programs[program].find((candidate) => existsSync(candidate));
  if (path === undefined) throw new Error(`${program} is not installed`);
  return path;
}

export interface Server {
  readonly processId: number;
  /** SIGTERM, and until it has ended. */
  stop(): Promise<void>;
}

/** On an empty folder it makes an empty database; nothing is flushed, nobody has to sign in. */
export async function startMariadb(folder: string): Promise<Server> {
  const user = process.getuid?.() === 0 ? ["--user=root"] : [];
  return await start("mariadb", folder, join(folder, "mariadb.sock"), [
    programPath("mariadbd"),
    "--no-defaults",
    ...user,
    `--datadir=${join(folder, "database")}`,
    `--socket=${join(folder, "mariadb.sock")}`,
    `--pid-file=${join(folder, "mariadb.pid")}`,
    `--tmpdir=${folder}`,
    "--skip-networking",
    "--skip-grant-tables",
    "--innodb-buffer-pool-size=32M",
    "--innodb-log-file-size=8M",
    "--innodb-flush-log-at-trx-commit=0",
    "--innodb-doublewrite=0",
    "--innodb-use-native-aio=0",
  ]);
}

export async function startPhp(folder: string): Promise<Server> {
  const socket = join(folder, "php.sock");
  const isRoot = process.getuid?.() === 0;
  const settings = [
    "[global]",
    "daemonize = no",
    `error_log = ${folder}/php-fpm.log`,
    "[www]",
    ...(isRoot ? ["user = root"] : []),
    `listen = ${socket}`,
    "pm = static",
    "pm.max_children = 6",
    "catch_workers_output = yes",
    `php_admin_value[auto_prepend_file] = ${join(import.meta.dir, "php", "prepend.php")}`,
    "php_admin_value[opcache.revalidate_freq] = 0",
    `php_admin_value[upload_tmp_dir] = ${folder}`,
    `php_admin_value[error_log] = ${folder}/php.log`,
  ];
  writeFileSync(join(folder, "php-fpm.conf"), settings.join("\n"));
  const asRoot = isRoot ? ["--allow-to-run-as-root"] : [];
  return await start("php", folder, socket, [
    programPath("phpFpm"),
    ...asRoot,
    "--fpm-config",
    join(folder, "php-fpm.conf"),
  ]);
}

export interface NginxPlace {
  readonly folder: string;
  readonly site: string;
  readonly port: number;
}

/** The site on a port, as its packages' documentation sets it up; the test's own entrance is a nginx that nobody's attack stops. */
export async function startNginx({ folder, site, port }: NginxPlace): Promise<Server> {
  return await start("nginx", folder, port, nginxCommand(folder, "nginx", siteServer(folder, site, port)));
}

export async function startEntrance(folder: string, site: string): Promise<Server> {
  const socket = join(folder, "control.sock");
  const server = `access_log off;
  server {
    listen unix:${socket};
    location / {
      include /etc/nginx/fastcgi_params; fastcgi_pass unix:${folder}/php.sock;
      fastcgi_param SCRIPT_FILENAME ${join(import.meta.dir, "php", "control.php")};
      fastcgi_param WORDPRESS_SITE ${site};
    }
  }`;
  return await start("entrance", folder, socket, nginxCommand(folder, "entrance", server));
}

function siteServer(folder: string, site: string, port: number): string {
  return `log_format asked '$msec $status $request_method $request_uri'; access_log ${folder}/access.log asked;
  server {
    listen 127.0.0.1:${port} default_server; server_name _; root ${site}; index index.php;
    location / { try_files $uri $uri/ /index.php?$args; }
    location ~ \\.php$ {
      try_files $uri =404;
      include /etc/nginx/fastcgi_params; fastcgi_pass unix:${folder}/php.sock;
      fastcgi_param SCRIPT_FILENAME $document_root$fastcgi_script_name;
      fastcgi_param WORDPRESS_SLOW ${folder}/slow;
    }
  }`;
}

function nginxCommand(folder: string, name: string, server: string): string[] {
  const file = join(folder, `${name}.conf`);
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(
    file,
    `${user} worker_processes 1; daemon off; pid ${folder}/${name}.pid; error_log ${folder}/${name}-error.log;
     events { worker_connections 1000; }
     http {
       include /etc/nginx/mime.types; default_type application/octet-stream; sendfile on; server_tokens off;
       client_max_body_size 16m; gzip on; gzip_proxied any; gzip_vary on; fastcgi_buffers 64 8k; fastcgi_read_timeout 60s;
       gzip_types text/css application/javascript application/json application/rss+xml text/xml image/svg+xml;
       client_body_temp_path ${folder}/${name}-body; proxy_temp_path ${folder}/${name}-proxy;
       fastcgi_temp_path ${folder}/${name}-fastcgi; uwsgi_temp_path ${folder}/${name}-uwsgi; scgi_temp_path ${folder}/${name}-scgi;
       ${server}
     }`,
  );
  return [programPath("nginx"), "-c", file, "-p", folder, "-e", join(folder, `${name}-error.log`)];
}

/** Until it takes connections at `at`: a socket's path or a port of loopback's. */
async function start(
  name: string,
  folder: string,
  at: string | number,
  command: readonly string[],
): Promise<Server> {
  const log = join(folder, `${name}.out`);
  const output = openSync(log, "a");
  const child = Bun.spawn([programPath("setpriv"), "--pdeathsig", "TERM", ...command], {
    cwd: folder,
    stdin: "ignore",
    stdout: output,
    stderr: output,
  });
  const deadline = performance.now() + startedWithinMs;
  while (!(await takesConnections(at))) {
    if (child.exitCode !== null || performance.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`${name} did not start:\n${readFileSync(log, "utf8").slice(-4_000)}`);
    }
    await Bun.sleep(15);
  }
  return {
    processId: child.pid,
    async stop() {
      child.kill("SIGTERM");
      await child.exited;
    },
  };
}

async function takesConnections(at: string | number): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  const socket = typeof at === "number" ? connect(at, "127.0.0.1") : connect(at);
  socket.on("connect", () => resolve(true)).on("error", () => resolve(false));
  const is = await promise;
  socket.destroy();
  return is;
}
