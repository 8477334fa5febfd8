// Greeter answers GET / with a greeting and GET /health with "ok". `greeter -check` asks a running one for its health.
package main

import (
	"flag"
	"fmt"
	"log"
	"net/http"
	"os"
	"runtime"
)

func main() {
	address := flag.String("listen", ":8080", "address to answer on")
	check := flag.Bool("check", false, "ask http://127.0.0.1:8080/health and report by exit code")
	flag.Parse()
	if *check {
		answer, err := http.Get("http://127.0.0.1:8080/health")
		if err != nil || answer.StatusCode != http.StatusOK {
			os.Exit(1)
		}
		return
	}
	http.HandleFunc("/health", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "ok") })
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello %s, this is Go on %s\n", r.URL.Query().Get("name"), runtime.GOARCH)
	})
	log.Fatal(http.ListenAndServe(*address, nil))
}
