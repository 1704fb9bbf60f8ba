# What nbgrader puts in a solution's place; the same as `npm run student` does.
c = get_config()  # noqa: F821
c.ClearSolutions.code_stub = {
    "typescript": '// your code here / 在这里写代码\nthrow new Error("not written yet / 还没有写");'
}
