/** Somebody of the newsroom at a real browser of their own, with a passkey in a virtual authenticator, who reads the studio in one language. */
import type { Browser, BrowserContext, CDPSession, Page } from "playwright-core";
import type { InterfaceLanguage } from "../../src/language/tags.ts";
import { peopleWords } from "../../src/people/words/index.ts";
import { studioWords } from "../../src/web/words/index.ts";

/** A phone's or laptop's own: keeps the passkey, asks for a finger, and gets one. */
const authenticator = {
  protocol: "ctap2",
  transport: "internal",
  hasResidentKey: true,
  hasUserVerification: true,
  isUserVerified: true,
  automaticPresenceSimulation: true,
} as const;

/** For one step, on a machine that is busy with others. */
const timeoutMs = 15_000;

interface Device {
  readonly session: CDPSession;
  readonly authenticatorId: string;
}

export class Colleague implements AsyncDisposable {
  /** In which they read the studio at present. */
  language: InterfaceLanguage;
  /** `http://localhost:40124`. */
  readonly studio: string;
  readonly context: BrowserContext;
  readonly page: Page;
  /** What the browser complained about: scripts that failed, policies that were broken. */
  readonly complaints: string[] = [];
  readonly #device: Device;

  private constructor(
    language: InterfaceLanguage,
    studio: string,
    { context, page, device }: { context: BrowserContext; page: Page; device: Device },
  ) {
    this.language = language;
    this.studio = studio;
    this.context = context;
    this.page = page;
    this.#device = device;
    this.#listen(page);
  }

  static async at(browser: Browser, studio: string, language: InterfaceLanguage): Promise<Colleague> {
    const context = await browser.newContext({ locale: language });
    context.setDefaultTimeout(timeoutMs);
    const page = await context.newPage();
    return new Colleague(language, studio, { context, page, device: await deviceOf(context, page) });
  }

  /** Another window of the same browser; the same passkey is at hand there. */
  async openWindow(page: Page): Promise<void> {
    this.#listen(page);
    const { session, authenticatorId } = this.#device;
    const { credentials } = await session.send("WebAuthn.getCredentials", { authenticatorId });
    const other = await deviceOf(this.context, page);
    for (const credential of credentials) {
      await other.session.send("WebAuthn.addCredential", {
        authenticatorId: other.authenticatorId,
        credential,
      });
    }
  }

  /** Returns the answer's status. */
  async visit(path: string): Promise<number | undefined> {
    return (await this.page.goto(this.studio + path))?.status();
  }

  /** Follows the link of an invitation to the list of texts. */
  async comeIn(link: string, name: string): Promise<void> {
    const { invitation } = peopleWords(this.language);
    await this.page.goto(link);
    await this.page.getByLabel(invitation.name).fill(name);
    await this.page.getByRole("button", { name: invitation.button }).click();
    await this.isIn(name);
  }

  /** On the page to sign in, wherever it leads then. */
  async signIn(name: string, page: Page = this.page): Promise<void> {
    await page.getByRole("button", { name: peopleWords(this.language).signIn.button }).click();
    await this.isIn(name, page);
  }

  async signOut(): Promise<void> {
    await this.page
      .getByRole("button", { name: studioWords(this.language).signOut, exact: true })
      .first()
      .click();
    await this.page.waitForURL("**/sign-in");
  }

  async isIn(name: string, page: Page = this.page): Promise<void> {
    await page.locator(".account", { hasText: name }).waitFor();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.context.close();
  }

  #listen(page: Page): void {
    page.on("pageerror", (error) => this.complaints.push(`${page.url()}: ${String(error)}`));
    page.on("console", (message) => {
      if (message.type() === "error") this.complaints.push(`${page.url()}: ${message.text()}`);
    });
  }
}

async function deviceOf(context: BrowserContext, page: Page): Promise<Device> {
  const session = await context.newCDPSession(page);
  await session.send("WebAuthn.enable", { enableUI: false });
  const { authenticatorId } = await session.send("WebAuthn.addVirtualAuthenticator", {
    options: authenticator,
  });
  return { session, authenticatorId };
}
