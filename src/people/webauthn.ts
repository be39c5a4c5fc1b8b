/**
 * Passkeys by WebAuthn (level 3): what authenticators are asked for, and whether what they answer holds. The library is
 * loaded when somebody signs in, not before.
 */
import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/server";
import { z } from "zod";
import { fromBase64Url, fromHex, fromUtf8 } from "../base/bytes.ts";
import { messageOf } from "../base/errors.ts";
import { challengeMs } from "./challenges.ts";
import type { NewPasskey, Passkey } from "./passkeys.ts";

/** What an answer is held to. */
export interface Expected {
  readonly challenge: string;
  readonly origin: string;
  readonly rpId: string;
  /** base64url. */
  readonly userHandle: string;
}

/** What a passkey's answer is verified with. */
type Shown = Pick<Passkey, "id" | "publicKey" | "counter">;

export type Verified<T> =
  | { readonly outcome: "verified"; readonly value: T }
  | { readonly outcome: "refused"; readonly reason: string };

const bits = z
  .string()
  .regex(/^[A-Za-z0-9_-]+$/)
  .max(16_384);
const common = { id: bits.max(1_400), rawId: bits.max(1_400), type: z.literal("public-key") };

export const registrationSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bits,
    attestationObject: bits,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .optional(),
  }),
});
export type Registration = z.infer<typeof registrationSchema>;

export const assertionSchema = z.object({
  ...common,
  response: z.object({
    clientDataJSON: bits,
    authenticatorData: bits,
    signature: bits,
    userHandle: bits.max(100),
  }),
});
export type Assertion = z.infer<typeof assertionSchema>;

export interface CreationInput extends Omit<Expected, "origin"> {
  readonly siteName: string;
  /** That the authenticator shows. */
  readonly name: string;
  /** Ids of those that the account has: one authenticator is not to hold two. */
  readonly known: readonly string[];
}

export async function creationOptions(input: CreationInput): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  return await generateRegistrationOptions({
    rpName: input.siteName,
    rpID: input.rpId,
    userName: input.name,
    userDisplayName: input.name,
    userID: fromBase64Url(input.userHandle),
    challenge: fromBase64Url(input.challenge),
    timeout: challengeMs,
    attestationType: "none",
    excludeCredentials: input.known.map((id) => ({ id })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
  });
}

/** Names nobody: the authenticator offers what it has for this host, so nothing can be found out by asking. */
export async function requestOptions({
  rpId,
  challenge,
}: Pick<Expected, "rpId" | "challenge">): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  return await generateAuthenticationOptions({
    rpID: rpId,
    challenge: fromBase64Url(challenge),
    timeout: challengeMs,
    userVerification: "required",
  });
}

/** The new passkey, where an authenticator made it for this challenge, here, with its owner's finger or PIN. */
export async function verifyRegistration(
  answer: Registration,
  expected: Omit<Expected, "userHandle">,
): Promise<Verified<NewPasskey>> {
  return await verified(async () => {
    const [{ verifyRegistrationResponse }, { decodeAttestationObject }] = await Promise.all([
      import("@simplewebauthn/server"),
      import("@simplewebauthn/server/helpers"),
    ]);
    requireOwnFrame(answer.response.clientDataJSON);
    const attestation = decodeAttestationObject(fromBase64Url(answer.response.attestationObject));
    requireNoCertificates(attestation.get("fmt"), attestation.get("attStmt").get("x5c"));
    const { registrationInfo } = await verifyRegistrationResponse({
      response: { ...answer, clientExtensionResults: {} } as RegistrationResponseJSON,
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      requireUserVerification: true,
    });
    if (registrationInfo === undefined) throw new Error("the attestation does not hold");
    const { id, publicKey, counter } = registrationInfo.credential;
    const transports = answer.response.transports ?? [];
    return { id, publicKey: Uint8Array.from(publicKey), counter, rpId: expected.rpId, transports };
  });
}

/**
 * Stands in for a passkey that is unknown, as most are: ES256. Its key is the curve's own first point (NIST SP 800-186); whoever
 * asks with it refuses whatever comes of that.
 */
export const nobodysPasskey: Shown = {
  id: "",
  publicKey: Uint8Array.from(
    fromHex(
      "a5010203262001" +
        "2158206b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296" +
        "2258204fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5",
    ),
  ),
  counter: 0,
};

/**
 * The authenticator's new counter, where the passkey's owner signed this challenge, here, with their finger or PIN. What only the owner
 * could know comes after the signature: until then all passkeys cost the same.
 */
export async function verifyAssertion(
  answer: Assertion,
  { id, publicKey, counter }: Shown,
  expected: Expected,
): Promise<Verified<number>> {
  return await verified(async () => {
    const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
    requireOwnFrame(answer.response.clientDataJSON);
    const { verified: holds, authenticationInfo } = await verifyAuthenticationResponse({
      response: { ...answer, clientExtensionResults: {} },
      expectedChallenge: expected.challenge,
      expectedOrigin: expected.origin,
      expectedRPID: expected.rpId,
      // The library would look at the counter before the signature.
      credential: { id, publicKey, counter: 0 },
      requireUserVerification: true,
    });
    if (!holds) throw new Error("the signature does not hold");
    if (answer.response.userHandle !== expected.userHandle) throw new Error("it is somebody else's");
    const { newCounter } = authenticationInfo;
    // WebAuthn, section 6.1.1.
    const isCounted = newCounter > 0 || counter > 0;
    if (isCounted && newCounter <= counter) throw new Error("its counter has not risen: it may be a copy");
    return newCounter;
  });
}

/** The library and its parsers throw what they refuse. */
async function verified<T>(work: () => Promise<T>): Promise<Verified<T>> {
  try {
    return { outcome: "verified", value: await work() };
  } catch (thrown) {
    return { outcome: "refused", reason: messageOf(thrown) };
  }
}

/** Inside somebody else's page a browser says so (WebAuthn, section 5.8.1); the library lets that pass. */
function requireOwnFrame(clientData: string): void {
  const { crossOrigin } = clientDataSchema.parse(JSON.parse(fromUtf8(fromBase64Url(clientData))));
  if (crossOrigin === true) throw new Error("it was made inside another site's page");
}

const clientDataSchema = z.object({ crossOrigin: z.boolean().optional() });

/**
 * We ask for no attestation, so browsers send none, or a passkey's own signature. A chain of certificates would be checked
 * against lists that are fetched from wherever it says, and the newsroom fetches nothing at a stranger's word.
 */
function requireNoCertificates(format: string, certificates: unknown): void {
  const isPlain = format === "none" || (format === "packed" && certificates === undefined);
  if (!isPlain) throw new Error("it comes with certificates, which were not asked for");
}
