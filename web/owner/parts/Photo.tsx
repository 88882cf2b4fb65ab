import { useId, useRef, useState } from 'react';
import { keepDraftPhoto, keptPhoto } from '../draft.ts';
import { smallPhoto } from '../small-photo.ts';

/** 照片, if one likes: made small on the telephone, without the place and time the camera wrote into it. The browser's own file field speaks the telephone's language, so a button of ours opens it. */
export function Photo() {
  const id = useId();
  const field = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState(keptPhoto);
  const [fault, setFault] = useState<string | null>(null);
  const take = (base64: string | null) => { keepDraftPhoto(base64); setPicture(base64); };
  const choose = async (file: File | undefined) => {
    if (file === undefined) return;
    try {
      take(await smallPhoto(file));
      setFault(null);
    } catch {
      setFault('这张照片打不开，请换一张，也可以不附照片');
    }
    // The same picture chosen again after it was taken away counts as chosen.
    if (field.current !== null) field.current.value = '';
  };
  return (
    <div role="group" aria-labelledby={id}>
      <p className="label" id={id}>照片（可以不附）</p>
      <input ref={field} type="file" accept="image/*" hidden onChange={(event) => { void choose(event.target.files?.[0]); }} />
      <button type="button" onClick={() => { field.current?.click(); }}>{picture === null ? '拍一张或选一张照片' : '换一张照片'}</button>
      <div role="status">{picture !== null && <p>照片已附上</p>}</div>
      {fault !== null && <p role="alert" className="bad">{fault}</p>}
      {picture !== null && <><img className="photo" src={`data:image/jpeg;base64,${picture}`} alt="要附上的照片" /><button type="button" onClick={() => { take(null); }}>不附这张</button></>}
    </div>
  );
}
