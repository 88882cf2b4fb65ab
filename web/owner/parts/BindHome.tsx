import { useState } from 'react';
import type { Answer } from '#contract/define-route.ts';
import { doorName } from '#contract/owner-paths.ts';
import { lookAtEstate } from '#contract/owner.ts';
import { postBinding, type getMine } from '#contract/owner-binding.ts';
import { makeId, type Id } from '#domain/kernel/brand.ts';
import { bindingConsents, CONSENT_NOW } from '#domain/owner/consent.ts';
import { call, Refusal } from '../api.ts';
import { ownerPaths } from '../paths.ts';
import { useAnswer } from '../use-answer.ts';
import { Go } from './Go.tsx';
import { Waiting } from './Waiting.tsx';

interface Props { readonly estateId: Id<'Estate'>; readonly onDone: (mine: Answer<typeof getMine>) => void }

/** 绑定房屋: of one's own free will, with the words of the consent in full before the box that is ticked. */
export function BindHome({ estateId, onDone }: Props) {
  const asked = useAnswer(estateId, () => call(lookAtEstate, { params: { estateId } }));
  return <section aria-label="绑定房屋"><h2>绑定房屋</h2>{asked.data === undefined ? <Waiting of={asked} /> : <Form estate={asked.data} onDone={onDone} />}</section>;
}

function Form({ estate, onDone }: { estate: Answer<typeof lookAtEstate>; onDone: Props['onDone'] }) {
  const [door, setDoor] = useState('');
  const [room, setRoom] = useState('');
  const [name, setName] = useState('');
  const [isAgreed, setAgreed] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  const bind = async (): Promise<void> => {
    const chosen = estate.entrances[Number(door)];
    if (door === '' || chosen === undefined) throw new Refusal(400, '请选择楼栋和单元');
    if (room.trim() === '') throw new Refusal(400, '请填写房号');
    if (name.trim() === '') throw new Refusal(400, '请填写姓名');
    if (!isAgreed) throw new Refusal(400, '请先看同意书；不同意的，不用绑定，照样可以反映问题');
    onDone(await call(postBinding, { body: { estateId: estate.id, buildingId: makeId<'Building'>(chosen.buildingId), entrance: chosen.entrance, room, name, consent: CONSENT_NOW } }));
    setRoom('');
  };
  const submit = () => { setBusy(true); bind().then(() => { setRefusal(null); }, (error: unknown) => { setRefusal(error instanceof Refusal ? error.message : '系统出错了，请稍后再试'); }).finally(() => { setBusy(false); }); };
  return (
    <>
      <p>{estate.name}{estate.phase ?? ''}。手机号、姓名与登记一致的马上生效，其余由社区或业委会核对。不用上传证件，不用拍照。</p>
      <p>
        <label htmlFor="door">楼栋和单元</label>
        <select id="door" value={door} onChange={(event) => { setDoor(event.target.value); }}>
          <option value="">请选择</option>
          {estate.entrances.map(({ buildingId, building, entrance }, at) => <option key={`${buildingId} ${entrance}`} value={String(at)}>{doorName(building, entrance)}</option>)}
        </select>
      </p>
      <p><label htmlFor="room">房号</label><input id="room" value={room} maxLength={30} autoComplete="off" placeholder="比如：301" onChange={(event) => { setRoom(event.target.value); }} /></p>
      <p><label htmlFor="holder">姓名（房产证上的）</label><input id="holder" value={name} maxLength={50} autoComplete="name" onChange={(event) => { setName(event.target.value); }} /></p>
      <p id="consent">{bindingConsents[CONSENT_NOW]}<Go to={ownerPaths.privacy(estate.id)}>个人信息怎样处理</Go></p>
      <p><label className="check"><input type="checkbox" aria-describedby="consent" checked={isAgreed} onChange={(event) => { setAgreed(event.target.checked); }} />我看过了，同意</label></p>
      {refusal !== null && <p role="alert" className="bad">{refusal}</p>}
      <button type="button" className="primary" disabled={isBusy} onClick={submit}>{isBusy ? '正在办，请稍等' : '提交绑定'}</button>
    </>
  );
}
