import { Input } from 'antd';
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

/** 候选项. */
export interface Option { readonly value: string; readonly label: string; readonly detail?: string | undefined }

interface ComboboxProps {
  /** What is typed just now. */
  readonly text: string;
  readonly onText: (text: string) => void;
  readonly options: readonly Option[];
  readonly onPick: (option: Option) => void;
  readonly id?: string;
  readonly label?: string;
  readonly placeholder?: string;
  readonly describedBy?: string | undefined;
  readonly isInvalid?: boolean;
  /** Said under the list when nothing fits. */
  readonly none?: ReactNode;
  readonly prefix?: ReactNode;
  readonly onEnter?: () => void;
}

/** 可搜索的选择框: type to search, arrow keys and Enter to pick, Escape to close. */
export function Combobox({ text, onText, options, onPick, id, label, placeholder, describedBy, isInvalid = false, none, prefix, onEnter }: ComboboxProps) {
  const listId = useId();
  const [isOpen, open] = useState(false);
  const [active, activate] = useState(-1);
  const isListed = isOpen && text !== '' && options.length > 0;
  const pick = (option: Option | undefined) => {
    open(false);
    activate(-1);
    if (option !== undefined) onPick(option);
    else onEnter?.();
  };
  const press = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      open(true);
      activate((options.length + active + (event.key === 'ArrowDown' ? 1 : active < 0 ? 0 : -1)) % Math.max(options.length, 1));
    }
    if (event.key === 'Escape') open(false);
    if (event.key === 'Enter' && (isListed || onEnter !== undefined)) {
      event.preventDefault();
      pick(isListed ? options[Math.max(active, onEnter === undefined ? 0 : active)] : undefined);
    }
  };
  return (
    <div className="sz-combobox" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && open(false)}>
      <Input
        role="combobox" aria-expanded={isListed} aria-autocomplete="list" autoComplete="off"
        {...(isListed ? { 'aria-controls': listId } : {})} {...(isListed && active >= 0 ? { 'aria-activedescendant': `${listId}-${active}` } : {})}
        {...(id === undefined ? {} : { id })} aria-label={label} aria-describedby={describedBy} status={isInvalid ? 'error' : ''} placeholder={placeholder} prefix={prefix}
        value={text} onFocus={() => open(true)} onKeyDown={press}
        onChange={(event) => {
          open(true);
          activate(-1);
          onText(event.target.value);
        }}
      />
      {isListed && (
        <ul role="listbox" id={listId} aria-label={label ?? '候选'} className="sz-listbox">
          {options.map((option, index) => (
            <li key={`${option.value}${option.detail ?? ''}`} id={`${listId}-${index}`} role="option" aria-selected={index === active} className={index === active ? 'sz-active' : undefined}
              onMouseDown={(event) => event.preventDefault()} onClick={() => pick(option)}>
              <span>{option.label}</span>{option.detail !== undefined && <small>{option.detail}</small>}
            </li>
          ))}
        </ul>
      )}
      {isOpen && text !== '' && options.length === 0 && none !== undefined && <div className="sz-listbox sz-muted" role="status">{none}</div>}
    </div>
  );
}
