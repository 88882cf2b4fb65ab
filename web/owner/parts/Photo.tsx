import { useState } from 'react';
import { keepDraftPhoto, keptPhoto } from '../draft.ts';
import { smallPhoto } from '../small-photo.ts';

/** 照片, if one likes: made small on the telephone, without the place and time the camera wrote into it. */
export function Photo() {
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
  };
  return (
    <div>
      <label htmlFor="photo">照片（可以不附）</label>
      <input id="photo" type="file" accept="image/*" onChange={(event) => { void choose(event.target.files?.[0]); }} />
      {fault !== null && <p role="alert" className="bad">{fault}</p>}
      {picture !== null && <p><img className="photo" src={`data:image/jpeg;base64,${picture}`} alt="要附上的照片" /><button type="button" onClick={() => { take(null); }}>不附这张</button></p>}
    </div>
  );
}
