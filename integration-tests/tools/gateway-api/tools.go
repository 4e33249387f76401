// Package tools names the Gateway API, whose definitions the tests install. It has no code of its own.
//
//go:build tools

package tools

import _ "sigs.k8s.io/gateway-api/apis/v1"
