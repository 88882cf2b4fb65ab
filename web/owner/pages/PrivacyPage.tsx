import type { Id } from '#domain/kernel/brand.ts';
import { dateText } from '#domain/kernel/local-date.ts';
import { getPrivacyPeriods } from '#contract/owner-binding.ts';
import { NOTICE_VERSION } from '#domain/owner/consent.ts';
import { call } from '../api.ts';
import { Page } from '../parts/Page.tsx';
import { useAnswer } from '../use-answer.ts';

/** 个人信息告知 (PIPL art. 17): who, why, what, how long, and how to ask; on one page, in the words of whoever it is about. */
export function PrivacyPage({ estateId }: { estateId: Id<'Estate'> | null }) {
  const { data: periods } = useAnswer(`periods ${estateId ?? ''}`, () => call(getPrivacyPeriods, { query: estateId === null ? {} : { estateId } }));
  return (
    <Page title="个人信息怎样处理" lead={`第${NOTICE_VERSION.no}版，${dateText(NOTICE_VERSION.from)}起适用。`}>
      <section aria-label="只是看看">
        <h2>只是看看</h2>
        <p>看小区信息、公开信息不用登录、不用注册，不收集您的姓名、手机号、位置和照片。您选的字号只记在这台手机上。</p>
      </section>
      <section aria-label="反映问题、提建议">
        <h2>反映问题、提建议</h2>
        <p><strong>谁处理：</strong>小区所在的社区、乡镇街道，以及县住房和城乡建设主管部门；需要其他部门办理的，转给办理的部门。</p>
        <p><strong>为什么：</strong>依照法定职责受理、办理和答复您反映的事，怎样办理见《物业管理条例》和本县的投诉办理规定。</p>
        <p><strong>收集什么：</strong>手机号（核实是本人、联系您）、您写的内容和地点；称呼、照片可以不填。照片在手机上缩小后再上传，不带拍摄地点和时间。不收集身份证号、人脸和定位；拍照请避开人脸。</p>
        <p><strong>谁看得到：</strong>办理的单位看手机号、称呼要写明理由，每次都留有记录。物业公司只看得到内容和地点，看不到手机号和称呼；楼栋和具体位置可能让人猜出是您，提交前可以去掉。不公开、不卖给任何人。</p>
        <p><strong>存多久：</strong>验证码10分钟失效，号码和网络地址只存不能读出的摘要，次日删除；防止重复提交的记录七日后删除；投诉件里的手机号、称呼在办结后{periods === undefined ? '按县里规定的年限' : `满${periods.complainantYears}年`}删除。</p>
        <p><strong>存在哪里：</strong>手机号和称呼加密保存在县里的服务器上，不出境。回执网址还记在这台手机上，多人共用手机的，可以在首页“从这台手机上清除”。</p>
      </section>
      <section aria-label="绑定房屋">
        <h2>绑定房屋</h2>
        <p>绑定是自愿的，不绑定不影响反映问题。要绑定的，需要手机号、姓名和房屋，依据是您的同意（个人信息保护法第十三条、第十四条），给小区所在的社区、业主委员会核对用。不要身份证号、证件照片和人脸，因此不涉及敏感个人信息的单独同意（第二十八条、第二十九条）。</p>
        <p>系统记下您同意的文本版本和时间。在“我的房屋和投诉”里随时可以解除绑定、撤回同意，撤回前已经办的事不受影响。解除或没有通过的，姓名和手机号{periods === undefined ? '按县里规定的天数' : `满${periods.endedBindingDays}天`}后删除；手机登录最长{periods === undefined ? '按县里规定的天数' : `${periods.phoneSessionDays}天`}，退出或到期后次日删除。</p>
      </section>
      <section aria-label="您可以要求">
        <h2>您可以要求</h2>
        <p>查阅、复制、更正、删除您的个人信息，或者撤回投诉：带上身份证明到社区或乡镇街道窗口提出，也可以向县住房和城乡建设主管部门提出，十五个工作日内答复。认为处理不对的，可以拨打12345，或向网信、公安部门投诉。</p>
      </section>
    </Page>
  );
}
