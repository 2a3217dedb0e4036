//@ tool: go 1.19..2
//@ memory: 64 GiB
//@ timeout: 120 s
//@ varies grown: append, growing: (\d+) in 5..30
//@ value reserved: append, with room: (\d+)
//@ value escapes: pointer returned: (\d+)
//@ value stays: value returned: (\d+)
//@ proves 15.11: append, with room: 1
package main

import (
	"fmt"
	"sync"
	"testing"
)

type article struct{ number, page int }

//go:noinline
func byPointer() *article { return &article{17, 1} }

//go:noinline
func byValue() article { return article{17, 1} }

var kept []int
var sum int
var lines = sync.Pool{New: func() any { return new([256]byte) }}

func allocations(name string, work func()) {
	fmt.Printf("%s: %.0f\n", name, testing.AllocsPerRun(1000, work))
}

func fill(numbers []int) {
	for number := 0; number < 1000; number++ {
		numbers = append(numbers, number)
	}
	kept = numbers
}

func main() {
	allocations("append, growing", func() { fill(nil) })
	allocations("append, with room", func() { fill(make([]int, 0, 1000)) })
	allocations("a pointer returned", func() { sum += byPointer().page })
	allocations("a value returned", func() { sum += byValue().page })
	allocations("a pool", func() {
		line := lines.Get().(*[256]byte)
		line[0]++
		lines.Put(line)
	})
}
