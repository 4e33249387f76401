package io.chancery.it.clients;

/** A client that asks a backend by what it learned over xDS. From any thread. */
interface Client extends AutoCloseable {

  /** The name of the backend that answered, or why none did. */
  String ask();

  @Override
  void close();
}
