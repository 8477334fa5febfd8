// SPDX-License-Identifier: GPL-2.0-only
#include <linux/module.h>

static int __init greeting_init(void)
{
	pr_info("greeting: hello from a module\n");
	return 0;
}

static void __exit greeting_exit(void)
{
	pr_info("greeting: bye\n");
}

module_init(greeting_init);
module_exit(greeting_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Greets in the kernel's log");
