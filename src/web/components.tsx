/** @jsxImportSource hono/jsx */
/** What the studio's pages are put together from: fields, buttons, notices, labels. Plain HTML that works before any script. */
import type { Child } from "hono/jsx";
import type { LanguageAttributes } from "../language/direction.ts";

interface Common extends LanguageAttributes {
  readonly name: string;
  readonly label: string;
  /** Below the field, in small type. */
  readonly hint?: string | undefined;
  /** What is wrong with what was sent. */
  readonly fault?: string | undefined;
  readonly required?: boolean;
}

export interface FieldProps extends Common {
  readonly type?: "text" | "search" | "datetime-local" | "number" | "url";
  readonly value?: string | undefined;
  readonly maxLength?: number;
  readonly autocomplete?: string;
  readonly list?: readonly string[];
}

/** A line of text. Whoever writes decides its direction, unless `dir` does. */
export function Field({ type = "text", value, maxLength, autocomplete = "off", list, ...field }: FieldProps) {
  const { name, lang, dir } = field;
  return (
    <Labelled {...field}>
      <input
        id={name}
        name={name}
        type={type}
        value={value}
        maxlength={maxLength}
        autocomplete={autocomplete}
        lang={lang}
        dir={dir ?? (type === "text" || type === "search" ? "auto" : undefined)}
        list={list === undefined ? undefined : `${name}-list`}
        {...described(field)}
      />
      {list !== undefined && (
        <datalist id={`${name}-list`}>
          {list.map((each) => (
            <option value={each} />
          ))}
        </datalist>
      )}
    </Labelled>
  );
}

export interface TextAreaProps extends Common {
  readonly value?: string | undefined;
  readonly rows?: number;
  readonly maxLength?: number;
}

export function TextArea({ value, rows = 3, maxLength, ...field }: TextAreaProps) {
  const { name, lang, dir = "auto" } = field;
  return (
    <Labelled {...field}>
      <textarea
        id={name}
        name={name}
        rows={rows}
        maxlength={maxLength}
        lang={lang}
        dir={dir}
        {...described(field)}
      >
        {value}
      </textarea>
    </Labelled>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
}

export interface SelectProps extends Common {
  readonly value?: string | undefined;
  readonly options: readonly Option[];
}

export function Select({ value, options, ...field }: SelectProps) {
  return (
    <Labelled {...field}>
      <select id={field.name} name={field.name} {...described(field)}>
        {options.map((option) => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
    </Labelled>
  );
}

export interface CheckboxProps extends Pick<Common, "name" | "label" | "hint"> {
  readonly value: string;
  readonly checked?: boolean;
  readonly type?: "checkbox" | "radio";
}

export function Checkbox({ name, label, value, checked = false, hint, type = "checkbox" }: CheckboxProps) {
  return (
    <label class="check">
      <input type={type} name={name} value={value} checked={checked} />
      <span>
        <bdi>{label}</bdi>
        {hint !== undefined && <small class="hint">{hint}</small>}
      </span>
    </label>
  );
}

function Labelled({ name, label, hint, fault, children }: Common & { readonly children?: Child }) {
  return (
    <div class="field">
      <label for={name}>{label}</label>
      {children}
      {hint !== undefined && (
        <p class="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      {fault !== undefined && (
        <p class="fault" id={`${name}-fault`}>
          {fault}
        </p>
      )}
    </div>
  );
}

function described({ name, hint, fault, required = false }: Common) {
  const ids = [hint !== undefined && `${name}-hint`, fault !== undefined && `${name}-fault`].filter(Boolean);
  return {
    required,
    // The first of a page wins: whoever sent something wrong stands where it is to be mended.
    autofocus: fault !== undefined,
    "aria-describedby": ids.length === 0 ? undefined : ids.join(" "),
    "aria-invalid": fault === undefined ? undefined : ("true" as const),
  };
}

/** "danger": can't be undone. */
export type ButtonKind = "main" | "plain" | "danger";

export interface ButtonProps {
  readonly kind?: ButtonKind;
  readonly name?: string;
  readonly value?: string;
  readonly children?: Child;
}

export function Button({ kind = "plain", name, value, children }: ButtonProps) {
  return (
    <button class={`button ${kind}`} type="submit" name={name} value={value}>
      {children}
    </button>
  );
}

/** A form of one button: an act that needs no further words. */
export function PostButton({ to, ...button }: ButtonProps & { readonly to: string }) {
  return (
    <form class="act" method="post" action={to}>
      <Button {...button} />
    </form>
  );
}

export function LinkButton({
  to,
  kind = "plain",
  children,
}: Omit<ButtonProps, "name" | "value"> & { to: string }) {
  return (
    <a class={`button ${kind}`} href={to}>
      {children}
    </a>
  );
}

/** Buttons in a row; on a phone below each other. */
export function Actions({ children }: { readonly children?: Child }) {
  return <div class="actions">{children}</div>;
}

export type Tone = "plain" | "good" | "warning" | "bad";

/**
 * `live`: it appeared because of what was just done. It takes the focus, since what stands on a page when it loads is no news to a
 * screen reader, status or not.
 */
export function Notice({
  tone = "plain",
  live = false,
  children,
}: {
  tone?: Tone;
  live?: boolean;
  children?: Child;
}) {
  return (
    <div class={`notice ${tone}`} {...(live && { role: "status", tabindex: -1, autofocus: true })}>
      {children}
    </div>
  );
}

/** A short label for a state; never by colour alone. */
export function Badge({ tone = "plain", children }: { readonly tone?: Tone; readonly children?: Child }) {
  return <span class={`badge ${tone}`}>{children}</span>;
}

export function EmptyState({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <div class="empty">
      <p class="empty-title">{title}</p>
      {children}
    </div>
  );
}

/** A part of a page with its heading. */
export function Section({ title, children }: { readonly title: string; readonly children?: Child }) {
  return (
    <section class="part">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
