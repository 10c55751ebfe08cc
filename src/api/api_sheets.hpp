// The templates of api.hpp that give a list as a sheet, beside its pages.
#pragma once

namespace doorstep::api {

namespace detail {

// What makes a page of a list, and is no part of a wish for all of it.
inline constexpr const char* page_members[] = {"cursor", "limit"};

template <class Item, class Wish>
Wish for_all_of(Wish wish, const SheetOf<Item>& sheet) {
  if constexpr (Paged<Wish>) wish.limit = sheet.items_max();
  return wish;
}

// Of the row that the list's pages have.
Rules rules_of_sheet(Rules rules);

}  // namespace detail

template <class Wish>
Api::Endpoint& Api::add_sheet(Kind kind, std::string path, Rules rules) {
  Route route;
  route.kind = kind;
  route.method = kind == Kind::read ? "GET" : "POST";
  route.path = std::move(path);
  route.name = detail::operation_name(type_name<Wish>()) + "_sheet";
  route.tag = tag_;
  route.rules = detail::rules_of_sheet(std::move(rules));
  route.rules.gives = {sheets::xlsx_media_type};
  route.whole_list = true;
  boost::json::object apart;
  const auto schema = schema_of<Wish>(Use::input, apart);
  auto& wish = detail::struct_schema(schema, apart);
  if constexpr (Paged<Wish>) {
    for (const auto* member : detail::page_members) wish.at("properties").as_object().erase(member);
  }
  auto& endpoint = add_route(std::move(route), wish, apart);
  endpoint.read_wish = [](const boost::json::value& input) -> std::any {
    for (const auto* member : detail::page_members) {
      if (Paged<Wish> && input.as_object().contains(member))
        throw Problem{"unknown_member", {member}, member};
    }
    return read_value<Wish>(input);
  };
  return endpoint;
}

template <class Item>
Answered Api::answered_sheet(Snapshot& snapshot, const Caller& caller, const Page<Item>& page,
                             const std::shared_ptr<const SheetOf<Item>>& sheet) const {
  if (page.next || std::ssize(page.items) > sheet_file_rows_max)
    throw Problem{"list_too_long_for_sheet", {std::to_string(sheet->items_max())}};
  const SheetReader reader{caller.language, zone_ ? zone_(snapshot) : Zone{"UTC"}};
  Answered answer;
  answer.content_type = sheets::xlsx_media_type;
  answer.file_name = sheet->file_name(reader, caller.at) + ".xlsx";
  answer.rest = [items = page.items, sheet, reader] {
    return sheets::write_xlsx(sheet->made_of(items, reader));
  };
  return answer;
}

template <class Wish, class Item, class Query>
void Api::read_sheet(std::string path, Query query, Rules rules, SheetOf<Item> sheet) {
  auto& endpoint = add_sheet<Wish>(Kind::read, std::move(path), std::move(rules));
  endpoint.query = [this, query, sheet = std::make_shared<const SheetOf<Item>>(std::move(sheet))](
                       Snapshot& snapshot, const Caller& caller, const std::any& wish) {
    const auto page = query(snapshot, caller, detail::for_all_of(std::any_cast<const Wish&>(wish), *sheet));
    return answered_sheet(snapshot, caller, page, sheet);
  };
}

template <class Wish, class View, class Query>
void Api::read(std::string path, Query query, Rules rules, SheetOf<ItemOf<View>> sheet) {
  read<Wish, View>(path, query, rules);
  read_sheet<Wish>(path + ".xlsx", std::move(query), std::move(rules), std::move(sheet));
}

template <class Wish, class View, class Command>
void Api::look(std::string path, Command command, Rules rules, SheetOf<ItemOf<View>> sheet) {
  using Item = ItemOf<View>;
  look<Wish, View>(path, command, rules);
  rules.once = false;
  auto& endpoint = add_sheet<Wish>(Kind::look, path + ".xlsx", std::move(rules));
  endpoint.command = [this, command, sheet = std::make_shared<const SheetOf<Item>>(std::move(sheet))](
                         Transaction& tx, const Caller& caller, const std::any& wish, const std::any&) {
    const Outcome<View> page =
        command(tx, caller, detail::for_all_of(std::any_cast<const Wish&>(wish), *sheet));
    if (!page) return detail::answered_refusal(page.error().problem, caller);
    return answered_sheet(tx, caller, *page, sheet);
  };
}

}  // namespace doorstep::api
