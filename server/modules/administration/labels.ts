/** 操作名称: the audit trail's actions as people read them. An action without a name here is shown by its code. */
const actions: Readonly<Record<string, string>> = {
  'session.sign-in': '登录', 'session.sign-in-failed': '登录失败', 'session.sign-out': '退出登录', 'session.revoke': '注销登录会话', 'session.switch-grant': '切换岗位',
  'session.change-password': '修改密码', 'session.password-change-failed': '修改密码失败',
  'session.proof-failed': '再次核对身份失败', 'session.totp-enrol': '启用动态口令', 'session.totp-remove': '停用动态口令', 'session.recovery-codes': '重新生成恢复码', 'user.invite': '发邀请链接', 'user.reset-link': '发重设密码链接', 'user.mail-link': '把账号链接发到邮箱', 'user.revoke-links': '撤销账号链接', 'user.accept-invitation': '凭邀请设置密码', 'user.reset-by-link': '凭链接重设密码', 'user.remove-totp': '移除动态口令', 'user.end-sessions': '让全部设备退出', 'account-link.export': '导出账号链接', 'sign-in.export': '导出登录记录',
  'user.create': '新增用户', 'user.edit': '修改用户', 'user.disable': '停用用户', 'user.enable': '启用用户', 'user.reset-password': '重置密码', 'user.hand-over': '工作交接',
  'oidc.bind': '绑定统一身份', 'oidc.unbind': '解除统一身份绑定', 'oidc.bind-failed': '绑定统一身份失败', 'oidc.refuse': '统一身份认证被拒', 'oidc.unbound': '没有绑定的统一身份',
  'api-key.make': '新建接口密钥', 'api-key.give': '更换接口密钥的保管人', 'api-key.rotate': '更换接口密钥', 'api-key.revoke': '吊销接口密钥', 'api-key.refuse': '接口密钥被拒', 'api-key.export': '导出接口密钥清单',
  'session.password-check-failed': '签字时密码错误', 'handover.start': '发起工作交接', 'handover.sign-outgoing': '移交人签字', 'handover.sign-in-place': '代移交人签字', 'handover.sign-witness': '监交人签字', 'handover.sign-incoming': '接手人签收', 'handover.object': '对交接清单提出异议', 'handover.scan': '上传手工签字的清单', 'handover.cancel': '取消工作交接', 'handover.return': '代管岗位交还', 'handover.export': '导出工作交接',
  'privacy.delete': '到期删除个人信息', 'privacy.register': '登记个人信息请求', 'privacy.choose': '认定本人的记录', 'privacy.search': '重新查找本人信息', 'privacy.propose': '提请批准删除个人信息', 'privacy.answer': '答复个人信息请求', 'privacy.erase': '批准并删除个人信息', 'privacy.refuse-erasure': '不批准删除个人信息', 'privacy.reapply': '恢复后重新删除个人信息', 'privacy.certificate': '下载删除证明', 'personal-copy.export': '导出本人信息', 'person-request.export': '导出个人信息请求', 'privacy.flag': '提示批量查询', 'privacy.decide': '核实批量查询', 'privacy.sign': '签署合规自查', 'personal-data.export': '导出个人信息清单', 'deletion-kind.export': '导出到期删除', 'lookup-flag.export': '导出批量查询提示', 'self-check.export': '导出合规自查',
  'grant.give': '授予岗位', 'grant.end': '终止岗位',
  'org-unit.create': '新增机构', 'org-unit.edit': '修改机构', 'org-unit.archive': '撤销机构', 'org-unit.restore': '恢复机构', 'org-unit.merge': '合并机构（区划调整）', 'county.add': '建立县级区划',
  'parameter.set': '设置参数', 'parameter.withdraw': '撤回参数设置', 'calendar.import': '登记节假日通知', 'calendar.replace': '更新节假日通知',
  'audit.verify': '核验操作记录', 'audit.export': '导出操作记录', 'user.export': '导出用户', 'org-unit.export': '导出机构', 'parameter.export': '导出参数', 'rule.export': '导出规则与依据', 'holiday.export': '导出节假日', 'job.export': '导出后台作业', 'delivery.export': '导出事件投递', 'job.replay': '重新执行作业', 'backup.request': '要求立即备份', 'backup.make': '备份', 'backup.restore': '从备份恢复', 'secret.rotate': '更换部署密钥', 'slow-statement.export': '导出慢查询', 'diagnosis.export': '下载诊断包', 'event.replay': '重新投递事件',
  'estate.create': '登记小区', 'estate.update': '修改小区', 'estate.archive': '归档小区', 'estate.merge': '合并小区', 'estate.split': '拆分小区', 'estate.rename': '小区更名', 'estate.names': '修改小区别名',
  'estate.move': '调整小区所属', 'estate.contract': '登记物业服务合同', 'estate.manager': '登记项目经理', 'estate.committee': '登记业主组织', 'estate.members': '登记业主组织成员', 'estate.export': '导出小区',
  'company.create': '登记企业', 'company.update': '修改企业', 'company.archive': '归档企业', 'company.merge': '合并企业', 'company.export': '导出企业',
  'practitioner.create': '登记从业人员', 'practitioner.update': '修改从业人员', 'practitioner.archive': '归档从业人员', 'practitioner.merge': '合并从业人员', 'practitioner.reveal': '查看从业人员完整信息', 'practitioner.export': '导出从业人员',
  'building.create': '登记楼栋', 'building.update': '修改楼栋', 'building.archive': '归档楼栋', 'unit.create': '登记房屋', 'unit.update': '修改房屋', 'unit.archive': '归档房屋', 'unit.area': '修改房屋面积', 'unit.transfer': '房屋过户', 'unit.export': '导出房屋',
  'building.merge': '合并楼栋', 'unit.merge': '合并房屋', 'owner.merge': '合并业主', 'owner.archive': '归档业主', 'contract.archive': '归档物业服务合同', 'contract.export': '导出物业服务合同', 'quality.export': '导出数据质量', 'committee.archive': '归档业主组织', 'committee.export': '导出业主组织', 'formation.export': '导出组建率', 'owner.update': '修改业主', 'owner.reveal': '查看业主完整信息', 'owner.purpose': '登记业主信息使用目的', 'contact.create': '登记通讯录', 'contact.update': '修改通讯录', 'contact.archive': '移除通讯录',
  'obligation.tick': '时限提醒', 'obligation.renew': '开始下一期义务', 'obligation.recompute': '重新计算期限', 'obligation.extend': '批准延期', 'obligation.waive': '免除时限义务', 'obligation.export': '导出待办与时限', 'obligation.make-feed': '生成日历订阅地址', 'obligation.end-feed': '停用日历订阅地址',
  'paper.draft': '拟稿', 'paper.edit': '修改拟稿', 'paper.issue': '签发文书', 'paper.cancel': '作废文书', 'paper.discard': '弃稿', 'paper.code': '登记机关代字', 'paper.export': '导出文书', 'notice.export': '导出我的通知', 'notice-choice.set': '修改通知方式', 'notice-delivery.export': '导出通知发送记录', 'notice-delivery.retry': '重发通知', 'channel.set': '设置通知渠道', 'channel.renew-secret': '更换渠道签名密钥', 'channel.switch': '启用或停用通知渠道', 'channel.test': '发送测试消息',
  'publication.draft': '拟公开稿件', 'publication.edit': '修改公开稿件', 'publication.submit': '公开稿件送审', 'publication.approve': '审核公开稿件', 'publication.sendBack': '审核退回公开稿件', 'publication.issue': '签发公开稿件', 'publication.refuse': '签发退回公开稿件', 'publication.withdraw': '撤回公开事项', 'publication.expire': '公开事项到期撤下', 'publication.discard': '公开稿件弃稿', 'publication.export': '导出公开事项',
  'complaint.receive': '登记投诉', 'complaint.sign': '签收投诉', 'complaint.accept': '受理投诉', 'complaint.refuse': '不予受理投诉', 'complaint.assign': '交办投诉', 'complaint.transfer': '转办投诉', 'complaint.object': '对投诉承办提出异议', 'complaint.designate': '指定投诉承办单位', 'complaint.contact': '登记首次联系', 'complaint.intervene': '登记社区党组织介入', 'complaint.emergency': '登记应急处理', 'complaint.askInformation': '请投诉人补充情况', 'complaint.takeInformation': '收到补充情况', 'complaint.resume': '等待期满继续计时', 'complaint.extend': '投诉延期', 'complaint.reply': '答复投诉', 'complaint.close': '办结投诉', 'complaint.followUp': '回访投诉人', 'complaint.recheck': '复查投诉', 'complaint.reopen': '重新办理投诉', 'complaint.withdraw': '投诉人撤回', 'complaint.merge': '投诉并案', 'complaint.take-in': '并入投诉件', 'complaint.correct': '改正投诉的小区、类别', 'complaint.note': '写投诉办理记录', 'complaint.ask': '请企业处理投诉', 'complaint.feedback': '企业反馈投诉处理', 'complaint.addFacts': '投诉人补充事实', 'complaint.confirm': '投诉人确认答复', 'complaint.dispute': '投诉人对答复有异议', 'complaint.letter': '拟投诉转办函', 'complaint.case-file': '下载投诉件卷宗', 'complaint.responsibility': '登记投诉责任清单', 'complaint.export': '导出投诉件台账', 'complaint.keep-overdue': '固定投诉逾期件数', 'binding.asked': '业主申请绑定房屋', 'binding.bound': '业主绑定房屋（与登记一致）', 'binding.confirmed': '确认业主绑定的房屋', 'binding.refused': '不予通过业主绑定', 'binding.ended': '解除业主绑定', 'binding.reveal': '查看申请绑定的业主姓名', 'binding.export': '导出业主绑定房屋的申请', 'complaint-statistics.export': '导出投诉统计', 'complaint-agenda.export': '导出拟提请联席会议事项', 'complaint-rebound.export': '导出反弹率', 'complaint-recheck.export': '导出待复查的投诉件', 'complaint.propose-agenda': '拟提请联席会议', 'complaint.tell-apart': '核对为不是同一件投诉', 'complainant.reveal': '查看投诉人',
  'complaint.sendBack': '12345工单退单', 'complaint.askExtension': '12345工单申请延期', 'complaint.settleExtension': '登记延期批复', 'complaint.restate': '热线更改期限', 'complaint.redo': '热线重办', 'hotline.upload': '上传12345工单文件', 'hotline.confirm': '确认导入12345工单', 'hotline.import-part': '导入12345工单（分段）', 'hotline.import': '导入12345工单', 'hotline.update': '更新12345工单', 'hotline.cancel': '取消导入12345工单', 'hotline.file': '下载12345工单原件', 'hotline.setting': '登记12345归类、口径', 'hotline.return': '生成12345回传文件', 'hotline.return-file': '下载12345回传文件', 'hotline-batch.export': '导出12345工单导入记录', 'hotline-row.export': '导出12345工单各行结果', 'hotline-order.export': '导出12345工单', 'hotline-rate.export': '导出12345三率', 'hotline-return.export': '导出12345回传记录',
  'ledger.upload': '上传台账', 'ledger.map': '确认台账表头', 'ledger.import': '导入台账', 'ledger.cancel': '取消导入', 'ledger.undo': '撤销导入', 'ledger-batch.export': '导出导入记录', 'target.report': '上报并固定数字',
  'collection.draft': '拟采集任务', 'collection.edit': '修改采集任务', 'collection.copy': '再发一次采集任务', 'collection.issue': '下发采集任务', 'collection.withdraw': '撤回采集任务', 'collection.close': '结束采集任务', 'collection.chase': '催办采集任务', 'collection.send-back': '退回重填', 'collection.decide': '填报不一致的取舍', 'collection.update-registry': '填报更新到台账',
  'collection.save': '保存填报', 'collection.hand-in': '提交填报', 'collection.take-back': '收回填报', 'collection.file': '收下交回的表', 'collection.files': '读取交来的表', 'collection.download': '下载要填的表', 'collection.link': '生成填报链接', 'collection.revoke-links': '撤销填报链接', 'collection.export': '导出采集任务清单', 'collection-part.export': '导出待填任务清单', 'collection-board.export': '导出合并表',
  'report.upload': '上传空表', 'report.renew': '更新空表', 'report.mark': '标记上报表格', 'report.type': '填写手填的格', 'report.archive': '归档上报表格', 'report.cadence': '设定报送周期', 'report.try': '下载试填的表', 'report.send': '上报并固定表格', 'report.download': '下载上报表格文件', 'report-form.export': '导出上报表格清单', 'report-sending.export': '导出已上报清单',
};

const subjects: Readonly<Record<string, string>> = {
  Retention: '到期删除', PersonRequest: '个人信息请求', LookupFlag: '批量查询提示', SelfCheck: '合规自查',
  HandOver: '工作交接', Obligation: '时限义务',
  AppUser: '用户', ApiKey: '接口密钥', DeploymentKey: '部署密钥', OrgUnit: '机构', Parameter: '参数', HolidayNotice: '节假日通知', AuditChain: '操作记录', Job: '后台作业', Backup: '备份', Event: '业务事件',
  Estate: '小区', Company: '企业', Practitioner: '从业人员', Unit: '房屋', Building: '楼栋', Owner: '业主', Committee: '业主组织', Contract: '物业服务合同', Batch: '导入批次', Contact: '通讯录', Export: '导出', File: '文件', Reading: '上报数字', Paper: '文书', NoticeChannel: '通知渠道', NoticeDelivery: '通知的发送', Publication: '公开事项', IssuerCode: '机关代字', Form: '上报表格', Sending: '已上报的表', Collection: '采集任务', Complaint: '投诉件', Binding: '业主绑定的房屋', OverdueReading: '固定的逾期件数', Complainant: '投诉人', Responsibility: '投诉责任清单', OrderBatch: '12345工单导入', HotlineReturn: '12345回传', HotlineSetting: '12345归类和口径', Part: '采集任务的一份',
};

/** 操作名称. */
export const actionTitle = (action: string): string => actions[action] ?? action;
/** 对象名称. */
export const subjectTitle = (kind: string): string => subjects[kind] ?? kind;

const fields: Readonly<Record<string, string>> = {
  keyFingerprint: '密钥指纹', orphans: '原号码已不存的索引', ended: '作废的恢复码',
  name: '名称', login: '账号', title: '职务', role: '角色', scope: '管辖对象', startedOn: '到岗日期', endedAt: '终止时间', disabledAt: '停用时间', archivedAt: '归档时间',
  issuer: '认证平台', subject: '用户标识', permissions: '权限', addresses: '来源地址', endsOn: '有效期至', hint: '尾号', revokedAt: '吊销时间',
  value: '值', from: '自何日起', origin: '来源', withdrawnOn: '自何日起撤回', daysOff: '放假日', makeupDays: '调休上班日', noticeNo: '文号', publishedOn: '发布日期',
  code: '代码', kind: '类别', subkind: '具体类型', address: '地址', sortNo: '排序', parentId: '上级', grantId: '岗位', endedSessions: '注销会话数', endedLinks: '撤销链接数', validUntil: '有效期至', way: '登录方式', holder: '持有人', grants: '岗位', disabled: '是否停用',
  managementKind: '管理方式', stage: '阶段', phase: '期', phoneCipher: '电话', phoneIndex: '电话', phoneMoreIndex: '电话', managerPhoneMoreIndex: '项目经理电话', phoneLast4: '电话', legalPerson: '法定代表人', creditCode: '统一社会信用代码', shortName: '简称', formerNames: '曾用名',
  registeredOn: '注册日期', deliveredOn: '交付日期', totalUnits: '总户数', occupiedUnits: '入住户数', totalCm2: '建筑面积', deliveredCm2: '已交付面积', areaCm2: '面积', note: '备注',
  layout: '版式', indexNo: '索引号', number: '发文字号', signer: '签发人', paperKind: '文种', effectiveFrom: '起用日期', basis: '依据',
  post: '岗位', unitNo: '房号', validFrom: '生效日期', validTo: '终止日期', sinceOn: '成立日期', untilOn: '届满日期', filedOn: '备案日期', rows: '行数', query: '筛选条件', on: '截至', townships: '乡镇街道数', neighbourhoods: '社区数', bodies: '县直单位数',
  ok: '是否通过', checked: '核验条数', firstBad: '第一处不符', sealNo: '封存序号', chainHead: '链头', successorId: '接手人编号', subscriber: '接收方', lastError: '出错原因', error: '出错原因',
  townshipNames: '印着的乡镇名', cause: '交接原因', toName: '接手人', plannedOn: '移交日期', items: '清单项数', objections: '异议', paper: '移交清单编号', file: '文件',
  moved: '处理的义务数', told: '提醒数', looked: '到期的期数', opened: '新开始的期数', dueOn: '期限', isProvisional: '是否暂定',
  lockedAccount: '账号已锁定', lockedAddress: '地址已锁定', status: '状态', phone: '电话', companyId: '企业', townshipId: '乡镇街道', neighbourhoodId: '社区',
};

/** 字段名称. */
export const fieldTitle = (field: string): string => fields[field] ?? field;
