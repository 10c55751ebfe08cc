# doorstep_room(NAME [USES room...] [LIBRARIES target...])
# A room is a folder: its *.cpp become the library doorstep_NAME, its *_test.cpp the program NAME_test, and its
# migrations/*.sql the function doorstep::NAME::migrations(), carried inside the program. Rooms above journal may use the
# small town of tests/testing in their tests.
function(doorstep_room name)
  cmake_parse_arguments(ROOM "" "" "USES;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "_test\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")

  file(GLOB migrations CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/migrations/*.sql)
  if(migrations)
    set(embedded ${CMAKE_CURRENT_BINARY_DIR}/${name}_migrations.cpp)
    add_custom_command(
      OUTPUT ${embedded}
      COMMAND ${CMAKE_COMMAND} -DROOM=${name} -DOUT=${embedded} "-DFILES=${migrations}"
              -P ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
      DEPENDS ${migrations} ${CMAKE_SOURCE_DIR}/cmake/embed_migrations.cmake
      VERBATIM)
    list(APPEND sources ${embedded})
  endif()

  add_library(doorstep_${name} STATIC ${sources})
  target_link_libraries(doorstep_${name} PUBLIC doorstep_flags ${ROOM_LIBRARIES})
  foreach(room ${ROOM_USES})
    target_link_libraries(doorstep_${name} PUBLIC doorstep_${room})
  endforeach()

  if(tests)
    add_executable(${name}_test ${tests})
    target_link_libraries(${name}_test PRIVATE doorstep_${name} GTest::gmock_main)
    if(NOT name MATCHES "^(base|storage|http|sheets|journal)$")
      target_link_libraries(${name}_test PRIVATE doorstep_testing)
    endif()
    add_test(NAME ${name}_test COMMAND ${name}_test)
  endif()
endfunction()
