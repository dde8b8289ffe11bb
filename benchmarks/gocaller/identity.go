package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"os"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/metadata"
)

// An identity is what the caller shows the server: nothing, a token, or a certificate.
type identity struct {
	token, ca, cert, key string
}

func (i identity) options() ([]grpc.DialOption, error) {
	transport, err := i.transport()
	if err != nil {
		return nil, err
	}
	options := []grpc.DialOption{grpc.WithTransportCredentials(transport)}
	if i.token != "" {
		options = append(options, grpc.WithUnaryInterceptor(i.addToken))
	}
	return options, nil
}

func (i identity) transport() (credentials.TransportCredentials, error) {
	if i.ca == "" {
		return insecure.NewCredentials(), nil
	}
	authority, err := os.ReadFile(i.ca)
	if err != nil {
		return nil, err
	}
	config := &tls.Config{RootCAs: x509.NewCertPool()}
	config.RootCAs.AppendCertsFromPEM(authority)
	if i.cert != "" {
		own, err := tls.LoadX509KeyPair(i.cert, i.key)
		if err != nil {
			return nil, err
		}
		config.Certificates = []tls.Certificate{own}
	}
	return credentials.NewTLS(config), nil
}

func (i identity) addToken(ctx context.Context, method string, request, reply any, conn *grpc.ClientConn,
	invoke grpc.UnaryInvoker, options ...grpc.CallOption) error {
	ctx = metadata.AppendToOutgoingContext(ctx, "authorization", "Bearer "+i.token)
	return invoke(ctx, method, request, reply, conn, options...)
}
