import { Page } from '../parts/Page.tsx';

/** 个人信息告知 (PIPL art. 17): what is done with whose data, on one page. */
export function PrivacyPage() {
  return (
    <Page title="个人信息怎样处理">
      <p>查看小区信息不用登录、不用注册，也不收集您的姓名、手机号、位置和照片。</p>
      <p>您选的字号只记在这台手机上，不会上传。</p>
    </Page>
  );
}
