#include "cases/inquiry_routes.hpp"

#include "cases/inquiry.hpp"

namespace doorstep::cases {

void add_inquiry_routes(api::Api& api) {
  const auto staff = api::Who::staff({Role::window_officer, Role::centre_manager});
  api.write<LogInquiry, InquiryView>("POST", "/api/desk/inquiries", log_inquiry,
                                     {.who = staff,
                                      .summary = "Log a question that was answered without a case",
                                      .problems = {"no_such_matter"},
                                      .queries = 4,
                                      .success = 201});
  api.read<ListInquiries, Page<InquiryView>>(
      "/api/desk/inquiries", list_inquiries,
      {.who = staff,
       .summary = "The questions of a venue's day, the newest first, without what was said",
       .queries = 2});
  api.look<LookAtInquiry, InquiryText>("/api/desk/inquiries/{inquiry}/text", look_at_inquiry,
                                       {.who = api::Who::signed_in(),
                                        .summary = "Read a question and its answer; the look is recorded",
                                        .problems = {"no_such_inquiry"},
                                        .queries = 3});
  api.write<OpenCaseOfInquiry, CaseView>(
      "POST", "/api/desk/inquiries/{inquiry}/case", open_case_of_inquiry,
      {.who = staff,
       .summary = "Make a case of a question; whoever was asked is its first contact",
       .problems = {"no_such_inquiry", "became_case_already", "no_such_matter", "unknown_material"},
       .queries = 90,
       .success = 201});
}

}  // namespace doorstep::cases
