import { Page } from '#web/kit/Page.tsx';
import { Buttons } from './gallery/Buttons.tsx';
import { Domain } from './gallery/Domain.tsx';
import { Fields } from './gallery/Fields.tsx';
import { Forms } from './gallery/Forms.tsx';
import { States } from './gallery/States.tsx';
import { Tables } from './gallery/Tables.tsx';
import { Texts } from './gallery/Texts.tsx';

/** 界面组件: every component of the kit with its states, to be looked at and checked. */
export function KitPage() {
  return (
    <Page title="界面组件" lead="各组件在没有内容、正在读取、出错、没有权限、文字很长、窗口很窄时的样子。这里的按钮不会改动数据。">
      <States />
      <Texts />
      <Buttons />
      <Fields />
      <Forms />
      <Tables />
      <Domain />
    </Page>
  );
}
