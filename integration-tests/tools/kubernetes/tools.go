// Package tools lists the Kubernetes servers that the tests start. It has no code of its own.
//
//go:build tools

package tools

import (
	_ "k8s.io/kubernetes/cmd/kube-apiserver"
	_ "k8s.io/kubernetes/cmd/kube-controller-manager"
)
