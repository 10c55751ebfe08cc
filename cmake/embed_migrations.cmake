# Writes the room's migrations, in the order of their numbers, as one C++ table.
list(SORT FILES)
set(rows "")
foreach(file ${FILES})
  get_filename_component(stem ${file} NAME_WE)
  file(READ ${file} text)
  string(APPEND rows "    {\"${ROOM}\", \"${stem}\", R\"SQL(${text})SQL\"},\n")
endforeach()
file(WRITE ${OUT} "// Made from src/${ROOM}/migrations.\n#include \"storage/migrations.hpp\"\n\n"
     "namespace doorstep::${ROOM} {\n\nstd::vector<storage::Migration> migrations() {\n  return {\n${rows}  };\n}\n\n"
     "}  // namespace doorstep::${ROOM}\n")
