/** How the origin knows that it is Kasbah who asks, so that it can refuse whoever else finds it. A part of the settings table. */
import { list, number, text } from "./setting.ts";

export const originLock = {
  secret: text({
    default: "",
    prose:
      "Said to the origin with every request, in `secret_header`, so that it can refuse whoever does not know it; 16 characters or more, like those of `openssl rand -hex 16`. Empty: nothing is said. Keep kasbah.toml readable for its own user alone.",
  }),
  secret_header: text({
    default: "x-kasbah-secret",
    form: "field",
    prose: "The header field with the secret. What clients send under that name never reaches the origin.",
  }),
  tls_certificate: text({
    default: "",
    form: "file",
    prose:
      "PEM file with the certificate that Kasbah shows an `https` origin, so that it can refuse whoever has none (mutual TLS). Empty: none.",
  }),
  tls_key: text({ default: "", form: "file", prose: "PEM file with the private key of `tls_certificate`." }),
  tls_ca: text({
    default: "",
    form: "file",
    prose:
      "PEM file with the authority that signed the origin's own certificate. Empty: those that this machine trusts.",
  }),
  tls_name: text({
    default: "",
    form: "host",
    prose: "The name that the origin's certificate is for, where that is not the one in `url`.",
  }),
  addresses: list<string>({
    of: "host",
    default: [],
    prose:
      "Other names or addresses of the origin's machine. `kasbah doctor` tries there, too, whether the origin answers whoever finds it.",
  }),
  websocket_paths: list<string>({
    of: "path",
    default: [],
    prose:
      "Where the origin's pages may open WebSockets, like `/socket.io`, with everything below. What comes through one can't be judged. Empty: nowhere.",
  }),
  websockets_max: number({
    default: 256,
    unit: "count",
    min: 1,
    max: 65_536,
    prose: "WebSockets at a time in each worker, an eighth of them from one network (/24, /48).",
  }),
} as const;
