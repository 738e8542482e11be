"""The brain with a language model: any chat model of langchain-core can interview, observe and grade."""
