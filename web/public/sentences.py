"""One plain sentence for every state and every track (F-105); a test finds the one that lacks.

The key is the state word of `own_standing` for a claimant, of `standing` for a seeker.
"""

from collections.abc import Mapping

from domain.kernel import N_

DISPUTE: Mapping[str, str] = {
    "INTAKE": N_("您反映的情况已登记，还没有提出调解申请。"),
    "RECEIVED": N_("您的申请已收到，正在决定是否受理。"),
    "ACCEPTED": N_("已受理，正在指派调解员。"),
    "ASSIGNED": N_("已受理，调解员已指派，等待通知调解时间。"),
    "MEDIATING": N_("正在调解，下次调解时间见下。"),
    "AGREED": N_("已达成协议，对方应按下表付款。"),
    "PERFORMING": N_("对方已开始付款，还有款项没有付清。"),
    "PERFORMED": N_("款项已付清，正在办理结案。"),
    "DEFAULTED": N_("对方没有按期付款，您可以走的途径见下。"),
    "FAILED": N_("调解未成功，您可以申请仲裁或走其他途径，期限见下。"),
    "ESCALATED": N_("已转到其他机构办理，接收机构见下。"),
    "SUSPENDED": N_("调解暂停，原因和恢复条件见下。"),
    "CLOSED": N_("本案已办结。"),
    "WITHDRAWN": N_("您已撤回请求，需要时可向驿站咨询再次申请。"),
}
SEEKER: Mapping[str, str] = {
    "LEAD": N_("驿站知道您需要帮助，还没有办理求职登记。"),
    "REGISTERED": N_("您的求职登记已收到，工作人员将与您联系。"),
    "ASSESSED": N_("已了解您的情况，正在制定帮扶办法。"),
    "IN_SERVICE": N_("我们正在按帮扶计划为您推荐岗位或培训。"),
    "PLACED": N_("已登记您就业，我们会回访了解是否稳定。"),
    "STABLE": N_("您已稳定就业，帮扶已完成。"),
    "SUSPENDED": N_("帮扶已暂停，原因见下；需要时可随时恢复。"),
    "CLOSED": N_("帮扶已结束，原因见下；需要时可再次申请。"),
}
# What stands beside the sentence: the state as a tag, in the words and colours of the staff pages.
NEXT: Mapping[str, str] = {
    "INTAKE": N_("请带身份证和证据到驿站，填写或口头提出调解申请，不收费。"),
    "RECEIVED": N_("我们审查材料，决定是否受理并通知您。"),
    "ACCEPTED": N_("请保持电话畅通，等调解员联系您。"),
    "ASSIGNED": N_("请保持电话畅通，准备好劳动合同、考勤和工资记录。"),
    "MEDIATING": N_("请保持电话畅通，按通知的时间参加调解。"),
    "AGREED": N_("请核对每期到账。没有收到，第二天就告诉我们。"),
    "PERFORMING": N_("请核对每期到账。没有收到，第二天就告诉我们。"),
    "PERFORMED": N_("请核对收到的钱；数目不对，请在结案前告诉我们。"),
    "DEFAULTED": N_("我们帮您向法院申请支付令，不收费。请带身份证到驿站签字。"),
    "FAILED": N_("请尽早选一条途径提出。要帮忙写申请书、找法律援助，请到驿站。"),
    "ESCALATED": N_("请留意接收机构的通知。需要复印材料，请到驿站。"),
    "SUSPENDED": N_("恢复条件达到后，我们会通知您继续调解。"),
    "CLOSED": N_("对方没有按协议付款，或者有新的证据，可以申请重新办理。"),
    "WITHDRAWN": N_("再次申请请到驿站，注意一年的仲裁时效。"),
}
SEEKER_NEXT: Mapping[str, str] = {
    "LEAD": N_("请带身份证到驿站办理求职登记。"),
    "REGISTERED": N_("工作人员会了解您的技能和想法，请保持电话畅通。"),
    "ASSESSED": N_("工作人员会与您商定帮扶计划。"),
    "IN_SERVICE": N_("有合适的岗位或培训会通知您，请保持电话畅通。"),
    "PLACED": N_("我们会打电话回访；离岗了请告诉我们，可以继续帮您。"),
    "STABLE": N_("以后需要换工作，可以再来驿站。"),
    "SUSPENDED": N_("想继续找工作，请告诉驿站，原登记仍可用。"),
    "CLOSED": N_("想再找工作，请带身份证到驿站，原登记仍可用。"),
}
# The routes that stay open, by what the claimant can do without us (design: progress).
WAYS: Mapping[str, tuple[str, ...]] = {
    "DEFAULTED": (
        N_("自己向法院申请支付令"),
        N_("向劳动监察投诉"),
        N_("申请法律援助，农民工讨薪不审查经济状况"),
    ),
    "FAILED": (
        N_("向劳动人事争议仲裁委员会申请仲裁，不收费"),
        N_("向劳动监察投诉"),
        N_("申请法律援助，农民工讨薪不审查经济状况"),
    ),
}
